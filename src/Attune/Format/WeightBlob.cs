namespace Attune.Format;

/// <summary>How a file holds the values of a layer.</summary>
internal enum WeightKind
{
    /// <summary>No values.</summary>
    None = 0,

    /// <summary>32-bit floating point.</summary>
    Float32 = 1,

    /// <summary>16-bit floating point.</summary>
    Float16 = 2,

    /// <summary>1 to 8 bits per value, with a scale and bias or a table.</summary>
    Quantized = 3,

    /// <summary>Signed bytes with a scale, for layers that quantize their input too.</summary>
    Int8 = 4,
}

/// <summary>The values of one <c>WeightParams</c>, kept beside the message.</summary>
internal sealed class WeightBlob
{
    private WeightBlob(WeightKind kind, ReadOnlyMemory<float> floats, ReadOnlyMemory<byte> bytes)
    {
        Kind = kind;
        Floats = floats;
        Bytes = bytes;
    }

    /// <summary>No values.</summary>
    public static WeightBlob None { get; } = new(WeightKind.None, default, default);

    public WeightKind Kind { get; }

    /// <summary>The values of <see cref="WeightKind.Float32"/>; empty for other kinds.</summary>
    public ReadOnlyMemory<float> Floats { get; }

    /// <summary>The bytes of the other kinds.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The size of the values as they are written, in bytes.</summary>
    public long ByteCount => Kind == WeightKind.Float32 ? Floats.Length * 4L : Bytes.Length;

    public static WeightBlob Of(ReadOnlyMemory<float> floats) => new(WeightKind.Float32, floats, default);

    public static WeightBlob Of(WeightKind kind, ReadOnlyMemory<byte> bytes) => new(kind, default, bytes);
}
