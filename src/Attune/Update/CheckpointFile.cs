using System.Security.Cryptography;
using Attune.Files;

namespace Attune.Update;

/// <summary>
/// The file of a checkpoint: a mark, the settings of the update that it belongs to, its content, and the hash of both.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="settings">Everything that an update goes by; see <see cref="CheckpointSettings"/>.</param>
internal sealed class CheckpointFile(string path, IReadOnlyDictionary<string, string> settings)
{
    private const int MostSettingsBytes = 1 << 20;

    // Of differences that are told, and of each of their names and values.
    private const int MostNamed = 8;
    private const int MostLetters = 120;

    private static ReadOnlySpan<byte> Mark => "ATTUNE2\n"u8;

    /// <summary>Writes the content in place of what there was, whole at any moment.</summary>
    public void Write(Action<BinaryWriter> content) => AtomicFile.Write(path, stream =>
    {
        stream.Write(Mark);
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashed))
        {
            byte[] block = SettingsBlock();
            writer.Write(block.Length);
            writer.Write(block);
            content(writer);
        }
        stream.Write(hash.Hash);
    });

    /// <summary>Reads the content if there is a file.</summary>
    /// <exception cref="ArgumentException">The file belongs to another update; the message tells what differs.
    /// </exception>
    /// <exception cref="MLModelFormatException">The file is damaged, or no checkpoint.</exception>
    public bool TryRead(Action<BinaryReader> content)
    {
        if (!File.Exists(path))
            return false;
        using FileStream stream = File.OpenRead(path);
        RequireWhole(stream);
        stream.Position = Mark.Length;
        using var reader = new BinaryReader(stream);
        RequireSame(ReadSettings(reader));
        Read(() => content(reader));
        if (stream.Position != stream.Length - SHA256.HashSizeInBytes)
            throw Damaged();
        return true;
    }

    public void Delete() => File.Delete(path);

    private void Read(Action read)
    {
        try
        {
            read();
        }
        // An IOException tells of a string's length that cannot be.
        catch (Exception error) when (error is InvalidDataException or IOException or FormatException
            or ArgumentException)
        {
            throw Damaged();
        }
    }

    private byte[] SettingsBlock()
    {
        var block = new MemoryStream();
        using var writer = new BinaryWriter(block);
        foreach ((string name, string value) in settings)
        {
            writer.Write(name);
            writer.Write(value);
        }
        if (block.Length > MostSettingsBytes)
            throw new ArgumentException(
                $"The settings of a checkpoint take up to {MostSettingsBytes} bytes; got {block.Length}. Give a hash "
                + "of what is long.");
        return block.ToArray();
    }

    private Dictionary<string, string> ReadSettings(BinaryReader reader)
    {
        var kept = new Dictionary<string, string>();
        Read(() =>
        {
            int length = reader.ReadInt32();
            if (length is < 0 or > MostSettingsBytes)
                throw new InvalidDataException();
            using var block = new BinaryReader(new MemoryStream(reader.ReadBytes(length)));
            while (block.BaseStream.Position < length)
                kept.Add(block.ReadString(), block.ReadString());
        });
        return kept;
    }

    private void RequireSame(Dictionary<string, string> kept)
    {
        string[] differences =
        [
            .. from name in settings.Keys.Union(kept.Keys)
               let now = settings.GetValueOrDefault(name, "none")
               let then = kept.GetValueOrDefault(name, "none")
               where now != then
               select $"'{Short(name)}' is {Short(now)} instead of {Short(then)}",
        ];
        if (differences.Length == 0)
            return;
        string named = string.Join(", ", differences.Take(MostNamed));
        string more = differences.Length > MostNamed ? $" and {differences.Length - MostNamed} more" : "";
        throw new ArgumentException(
            $"The checkpoint '{path}' was kept by another update: {named}{more}. Set them as they were, name another "
            + "file, or delete this one to begin anew.");
    }

    private static string Short(string text) => text.Length <= MostLetters ? text : text[..MostLetters] + "…";

    private void RequireWhole(FileStream stream)
    {
        Span<byte> mark = stackalloc byte[Mark.Length];
        if (stream.Length < Mark.Length + SHA256.HashSizeInBytes
            || stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length
            || !mark.SequenceEqual(Mark))
            throw Damaged();

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        for (long left = stream.Length - Mark.Length - SHA256.HashSizeInBytes; left > 0;)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
                throw Damaged();
            hash.AppendData(buffer, 0, read);
            left -= read;
        }
        byte[] kept = new byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(kept);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(kept))
            throw Damaged();
    }

    private MLModelFormatException Damaged() => new(
        $"'{path}' is no checkpoint of an update, or one of another version, or damaged. Name another file, or "
        + "delete this one to begin anew.",
        path);
}
