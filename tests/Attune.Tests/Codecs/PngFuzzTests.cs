using System.Buffers.Binary;
using System.Diagnostics;
using Attune.Codecs;

namespace Attune.Tests.Codecs;

/// <summary>Damaged files give an image or an <see cref="ImageFormatException"/>, and nothing else, soon.</summary>
public sealed class PngFuzzTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    [Fact]
    public void Damaged_bytes_give_an_image_or_the_one_exception() => Fuzz(seed: 1, repairChecksums: false);

    [Fact]
    public void Damaged_chunks_with_right_checksums_give_an_image_or_the_one_exception() =>
        Fuzz(seed: 2, repairChecksums: true);

    [Fact]
    public void Every_file_cut_short_is_refused()
    {
        byte[] png = Seeds()[0];
        for (int length = 0; length < png.Length; length++)
            Assert.Throws<ImageFormatException>(() => TestImages.Decode(png.AsMemory(0, length)));
    }

    private static void Fuzz(int seed, bool repairChecksums)
    {
        var random = new Random(seed);
        byte[][] files = Seeds();
        var clock = Stopwatch.StartNew();
        int refused = 0;
        for (int round = 0; round < 5000 && clock.Elapsed < Patience; round++)
        {
            byte[] png = Mutate(files[round % files.Length], random);
            if (repairChecksums)
                RepairChecksums(png);
            try
            {
                MLPixelBuffer image = TestImages.Decode(png);
                Assert.Equal(image.Width * image.Height * image.BytesPerPixel, image.Bytes().Length);
            }
            catch (ImageFormatException)
            {
                refused++;
            }
        }
        Assert.True(refused > 10, "Hardly any file was damaged enough to be refused.");
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        byte[] png = [.. file];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            int at = random.Next(8, png.Length);
            png[at] = random.Next(4) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(png[at] ^ (1 << random.Next(8))),
                2 => 0,
                _ => 255,
            };
        }
        return random.Next(10) == 0 ? png[..random.Next(png.Length)] : png;
    }

    /// <summary>
    /// Damage behind a wrong checksum never meets the decoder; so the checksums are made right again.
    /// </summary>
    private static void RepairChecksums(byte[] png)
    {
        for (int at = 8; at <= png.Length - 12;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12)
                return;
            uint sum = Crc32.Of(png.AsSpan(at + 4, (int)length + 4));
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at + 8 + (int)length), sum);
            at += 12 + (int)length;
        }
    }

    private static byte[][] Seeds()
    {
        var random = new Random(7);
        byte[] noise = new byte[9 * 8];
        random.NextBytes(noise);
        for (int i = 0; i < noise.Length; i += 9)
            noise[i] = (byte)(i / 9 % 5);
        return
        [
            TestPng.Of(TestPng.Header(8, 8, 8, 0), TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(8, 8, 8, 0), ("tRNS", [0, 9]), TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(16, 8, 4, 3), ("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [9]),
                TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(2, 8, 16, 4), TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(2, 8, 8, 6), TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(5, 5, 1, 0, interlace: 1), TestPng.Pixels(new byte[40]), TestPng.End),
            TestImages.Encode(TestImages.Of(6, 4, 3, noise)),
        ];
    }
}
