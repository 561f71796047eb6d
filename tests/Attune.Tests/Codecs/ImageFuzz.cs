using System.Buffers.Binary;
using System.Diagnostics;
using Attune.Codecs;

namespace Attune.Tests.Codecs;

/// <summary>
/// Damaged image files give an image or an <see cref="ImageFormatException"/> and nothing else, soon, and without
/// memory beyond the bound. Damage is made from a seed, so that it can be made again.
/// </summary>
internal static class ImageFuzz
{
    // What a decoder takes besides the pixels it asks the bound for: buffers, tables, the decompressor's window.
    private const long Allowance = 1 << 20;

    private static readonly ImageLimits Limits = new() { MaxPixels = 1 << 16, MaxMemoryBytes = 1 << 18 };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong with how some damaged files are read: each with the file.</summary>
    /// <returns>And how many files were refused.</returns>
    public static (List<(string Problem, byte[] File)> Problems, int Refused) Run(
        int seed, int count, IReadOnlyList<byte[]> files)
    {
        var random = new Random(seed);
        var problems = new List<(string, byte[])>();
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] file = Damage(files[i % files.Count], files, random);
            if (ProblemOf(file, ref refused) is { } problem)
                problems.Add((problem, file));
        }
        return (problems, refused);
    }

    /// <summary>What is wrong with how a file is read; null if nothing is.</summary>
    public static string? ProblemOf(byte[] file, ref int refused)
    {
        long start = Stopwatch.GetTimestamp(), before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            MLPixelBuffer image = ImageFile.Decode(
                ImageFile.Open(file), new MLImageOptions { Limits = Limits }).Pixels;
            if (!Limits.AreWithin(image.Width, image.Height))
                return $"It is read as {image}.";
        }
        catch (ImageFormatException refusal)
        {
            refused++;
            if (!refusal.Message.EndsWith('.'))
                return $"Its message is no sentence: {refusal.Message}";
        }
        catch (Exception other)
        {
            return other.ToString();
        }
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        return bytes > Limits.MaxMemoryBytes + Allowance ? $"It takes {bytes} bytes."
            : time > Patience ? $"It takes {time.TotalSeconds} s."
            : null;
    }

    private static byte[] Damage(byte[] original, IReadOnlyList<byte[]> files, Random random)
    {
        byte[] file = [.. original];
        for (int changes = random.Next(1, 6); changes > 0; changes--)
            file = random.Next(8) switch
            {
                0 => file[..random.Next(file.Length / 2, file.Length)],
                1 => Without(file, random),
                2 => Spliced(file, files[random.Next(files.Count)], random),
                _ => Changed(file, random),
            };
        if (random.Next(2) == 0)
            RepairChecksums(file);
        return file;
    }

    /// <summary>One byte is another; more often in the headers than behind them.</summary>
    private static byte[] Changed(byte[] file, Random random)
    {
        if (file.Length < 4)
            return file;
        int at = random.Next(2, random.Next(2) == 0 ? file.Length : Math.Min(file.Length, 100));
        file[at] = random.Next(4) switch
        {
            0 => (byte)random.Next(256),
            1 => (byte)(file[at] ^ (1 << random.Next(8))),
            2 => 0,
            _ => 255,
        };
        return file;
    }

    private static byte[] Without(byte[] file, Random random)
    {
        int from = random.Next(2, file.Length + 2), length = random.Next(1, 30);
        return [.. file.Take(from), .. file.Skip(from + length)];
    }

    private static byte[] Spliced(byte[] file, byte[] other, Random random)
    {
        int at = random.Next(2, file.Length + 2), from = random.Next(other.Length), length = random.Next(1, 200);
        return [.. file.Take(at), .. other.Skip(from).Take(length), .. file.Skip(at)];
    }

    /// <summary>
    /// Damage behind a wrong checksum never meets the decoder of PNG; so the checksums are made right again.
    /// </summary>
    private static void RepairChecksums(byte[] file)
    {
        if (!file.AsSpan().StartsWith(PngChunks.Signature))
            return;
        for (int at = 8; at <= file.Length - 12;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
                return;
            uint sum = Crc32.Of(file.AsSpan(at + 4, (int)length + 4));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), sum);
            at += 12 + (int)length;
        }
    }
}
