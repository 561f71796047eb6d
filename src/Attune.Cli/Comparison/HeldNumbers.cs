using System.Numerics.Tensors;
using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Cli.Comparison;

/// <summary>The numbers of a layer's part, and how the file holds them.</summary>
/// <param name="Encoding">Such as <c>float32</c>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Values">The numbers; null where they are quantized.</param>
/// <param name="Bytes">Quantized numbers as they stand; empty for others.</param>
internal sealed record HeldNumbers(string Encoding, long Count, ReadOnlyMemory<float>? Values, byte[] Bytes)
{
    public static HeldNumbers Of(ModelDocument document, WeightParams weights)
    {
        WeightData data = document.Weights(weights);
        if (data.Kind is WeightKind.Float32 or WeightKind.Float16)
            return new HeldNumbers(
                data.Kind == WeightKind.Float32 ? "float32" : "float16",
                data.Count,
                document.DecodeFloats(weights, checked((int)data.Count), "A layer's numbers"),
                []);
        byte[] bytes = weights.Blob == 0 ? [] : document.Blobs[checked((int)weights.Blob) - 1].Bytes.ToArray();
        ulong bits = weights.Quantization?.NumberOfBits ?? 8;
        return new HeldNumbers(data.Kind == WeightKind.None ? "none" : $"{bits} bits", data.Count, null, bytes);
    }

    public bool Equals(HeldNumbers? other) =>
        other is not null && Count == other.Count && (Values, other.Values) switch
        {
            ({ } mine, { } others) => mine.Span.SequenceEqual(others.Span),
            (null, null) => Bytes.AsSpan().SequenceEqual(other.Bytes),
            _ => false,
        };

    public override int GetHashCode() => Count.GetHashCode();

    public override string ToString() => $"{Plain.Count(Count)} × {Encoding}";

    /// <summary>How far its numbers are from another's: how many differ, the length of the difference in percent of the
    /// other's length, and the largest difference of one number.</summary>
    public string Describe(HeldNumbers other)
    {
        if (Values is not { Length: > 0 } mine || other.Values is not { } others || mine.Length != others.Length)
            return ToString();
        var difference = new float[mine.Length];
        TensorPrimitives.Subtract(mine.Span, others.Span, difference);
        int changed = difference.Count(change => change != 0);
        double distance = TensorPrimitives.Norm<float>(difference);
        double length = TensorPrimitives.Norm(others.Span);
        string relative = length > 0 ? FormattableString.Invariant($" by {100 * distance / length:0.##} %") : "";
        string largest = Plain.Number(Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference)));
        string held = Encoding == other.Encoding ? "" : $"{this}: ";
        return $"{held}{Plain.Count(changed)} differ{relative}, at most {largest}";
    }
}
