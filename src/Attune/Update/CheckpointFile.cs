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
    private static ReadOnlySpan<byte> Mark => "ATTUNE2\n"u8;

    /// <summary>Writes the content in place of what there was, whole at any moment.</summary>
    public void Write(Action<BinaryWriter> content) => AtomicFile.Write(path, stream =>
    {
        stream.Write(Mark);
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashed))
        {
            writer.Write(settings.Count);
            foreach ((string name, string value) in settings)
            {
                writer.Write(name);
                writer.Write(value);
            }
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
        var kept = new Dictionary<string, string>();
        Read(() =>
        {
            for (int left = reader.ReadInt32(); left > 0; left--)
                kept.Add(reader.ReadString(), reader.ReadString());
        });
        RequireSame(kept);
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
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException
            or FormatException or ArgumentException)
        {
            throw Damaged();
        }
    }

    private void RequireSame(Dictionary<string, string> kept)
    {
        string[] differences =
        [
            .. from name in settings.Keys.Union(kept.Keys)
               let now = settings.GetValueOrDefault(name, "none")
               let then = kept.GetValueOrDefault(name, "none")
               where now != then
               select $"'{name}' is {now} instead of {then}",
        ];
        if (differences.Length > 0)
            throw new ArgumentException(
                $"The checkpoint '{path}' was kept by another update: {string.Join(", ", differences)}. Set them as "
                + "they were, name another file, or delete this one to begin anew.");
    }

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
        $"'{path}' is no checkpoint of an update, or one of another version, or damaged. Delete it to begin anew.",
        path);
}
