using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Attune.Files;

namespace Attune.Format;

/// <summary>
/// The weights file of a compiled model: a table, then the values, each from a multiple of 64 bytes on.
/// </summary>
/// <remarks>
/// Little-endian. Eight bytes <c>ATTUNEW1</c>, the number of entries and a zero (32 bits each); per entry its kind and
/// a zero (32 bits each), its place and its size in bytes (64 bits each).
/// </remarks>
internal static class CompiledWeights
{
    private const int HeaderBytes = 16;
    private const int EntryBytes = 24;
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Mark => "ATTUNEW1"u8;

    public static void Write(Stream destination, IReadOnlyList<WeightBlob> blobs)
    {
        byte[] table = new byte[HeaderBytes + (EntryBytes * blobs.Count)];
        Mark.CopyTo(table);
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(8), blobs.Count);
        long place = table.Length;
        for (int i = 0; i < blobs.Count; i++)
        {
            Span<byte> entry = table.AsSpan(HeaderBytes + (EntryBytes * i), EntryBytes);
            place = Align(place);
            BinaryPrimitives.WriteInt32LittleEndian(entry, (int)blobs[i].Kind);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], place);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], blobs[i].ByteCount);
            place += blobs[i].ByteCount;
        }

        destination.Write(table);
        place = table.Length;
        Span<byte> zeros = stackalloc byte[Alignment];
        zeros.Clear();
        foreach (WeightBlob blob in blobs)
        {
            destination.Write(zeros[..(int)(Align(place) - place)]);
            place = Align(place) + blob.ByteCount;
            if (blob.Kind == WeightKind.Float32)
                destination.Write(MemoryMarshal.AsBytes(blob.Floats.Span));
            else
                destination.Write(blob.Bytes.Span);
        }
    }

    /// <summary>Maps the weights of a compiled model.</summary>
    /// <exception cref="MLModelFormatException">The file is damaged.</exception>
    public static IReadOnlyList<WeightBlob> Read(string path)
    {
        using WeightsFile file = WeightsFile.Open(path);
        if (file.Length < HeaderBytes)
            throw Refuse(path, "is too short for weights");
        ReadOnlySpan<byte> header = file.Values<byte>(0, HeaderBytes).Span;
        int count = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (!header.StartsWith(Mark) || count < 0 || count > (file.Length - HeaderBytes) / EntryBytes)
            throw Refuse(path, "does not start as weights do");

        ReadOnlyMemory<byte> table = file.Values<byte>(HeaderBytes, checked(count * EntryBytes));
        var blobs = new WeightBlob[count];
        for (int i = 0; i < count; i++)
            blobs[i] = ReadBlob(file, table.Span.Slice(EntryBytes * i, EntryBytes), path, i + 1);
        return blobs;
    }

    private static WeightBlob ReadBlob(WeightsFile file, ReadOnlySpan<byte> entry, string path, int number)
    {
        var kind = (WeightKind)BinaryPrimitives.ReadInt32LittleEndian(entry);
        long place = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
        long size = BinaryPrimitives.ReadInt64LittleEndian(entry[16..]);
        if (kind is < WeightKind.Float32 or > WeightKind.Int8)
            throw Refuse(path, $"has weights {number} of kind {(int)kind}");
        if (place < 0 || place % Alignment != 0 || size < 0 || size > int.MaxValue || place > file.Length - size)
            throw Refuse(path, $"has weights {number} at byte {place} of {size} bytes, in a file of {file.Length}");
        if (kind != WeightKind.Float32)
            return WeightBlob.Of(kind, file.Values<byte>(place, (int)size));
        if (size % sizeof(float) != 0)
            throw Refuse(path, $"has weights {number} of {size} bytes, which are no floats");
        return WeightBlob.Of(file.Values<float>(place, (int)size / sizeof(float)));
    }

    private static long Align(long place) => (place + Alignment - 1) / Alignment * Alignment;

    private static MLModelFormatException Refuse(string path, string what) =>
        new($"'{path}' {what}. The compiled model is damaged; compile it again.", path);
}
