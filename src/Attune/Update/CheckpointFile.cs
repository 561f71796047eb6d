using System.Security.Cryptography;
using Attune.Files;

namespace Attune.Update;

/// <summary>
/// The file of a checkpoint: a mark, the identity of the update that it belongs to, its content, and the hash of that.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="identity">A hash of everything that an update goes by; see <see cref="CheckpointIdentity"/>.</param>
internal sealed class CheckpointFile(string path, byte[] identity)
{
    private static ReadOnlySpan<byte> Mark => "ATTUNE1\n"u8;

    private int HeaderLength => Mark.Length + identity.Length;

    /// <summary>Writes the content in place of what there was, whole at any moment.</summary>
    public void Write(Action<BinaryWriter> content) => AtomicFile.Write(path, stream =>
    {
        stream.Write(Mark);
        stream.Write(identity);
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashed))
            content(writer);
        stream.Write(hash.Hash);
    });

    /// <summary>Reads the content if there is a file.</summary>
    /// <exception cref="ArgumentException">The file belongs to another update.</exception>
    /// <exception cref="MLModelFormatException">The file is damaged, or no checkpoint.</exception>
    public bool TryRead(Action<BinaryReader> content)
    {
        if (!File.Exists(path))
            return false;
        using FileStream stream = File.OpenRead(path);
        Check(stream);
        stream.Position = HeaderLength;
        using var reader = new BinaryReader(stream);
        try
        {
            content(reader);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw Damaged();
        }
        if (stream.Position != stream.Length - SHA256.HashSizeInBytes)
            throw Damaged();
        return true;
    }

    public void Delete() => File.Delete(path);

    private void Check(FileStream stream)
    {
        byte[] header = new byte[HeaderLength];
        if (stream.Length < HeaderLength + SHA256.HashSizeInBytes
            || stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || !header.AsSpan().StartsWith(Mark))
            throw Damaged();
        if (!header.AsSpan(Mark.Length).SequenceEqual(identity))
            throw new ArgumentException(
                $"The checkpoint '{path}' was kept by an update of another model, other data or other parameters. Give "
                + "each update a file of its own, or delete this one to begin anew.");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        for (long left = stream.Length - HeaderLength - SHA256.HashSizeInBytes; left > 0;)
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

    private MLModelFormatException Damaged() =>
        new($"'{path}' is no checkpoint of an update, or it is damaged. Delete it to begin anew.", path);
}
