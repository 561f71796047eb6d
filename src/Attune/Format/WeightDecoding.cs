using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Attune.Format.Specification;

namespace Attune.Format;

/// <summary>Turns the values of a <c>WeightParams</c> into floats.</summary>
internal static class WeightDecoding
{
    /// <summary>float32 values as they stand, float16 values widened, quantized values decoded.</summary>
    /// <param name="blob">The values.</param>
    /// <param name="quantization">What quantized values stand for; null if the file does not say.</param>
    /// <param name="expectedCount">How many the layer takes.</param>
    /// <param name="where">Who takes them, at the start of a sentence.</param>
    /// <param name="channelSize">As in <see cref="ModelDocument.DecodeFloats"/>.</param>
    /// <exception cref="MLModelFormatException">Another number of values, or a quantization that does not fit
    /// them.</exception>
    public static ReadOnlyMemory<float> Floats(
        WeightBlob blob, QuantizationParams? quantization, int expectedCount, string where, int channelSize = 0)
    {
        switch (blob.Kind)
        {
            case WeightKind.None:
                return Checked(ReadOnlyMemory<float>.Empty, expectedCount, where);
            case WeightKind.Float32:
                return Checked(blob.Floats, expectedCount, where);
            case WeightKind.Float16:
                return Checked(Widen(blob.Bytes.Span, expectedCount, where), expectedCount, where);
            default:
                return WeightQuantization.Floats(blob, quantization, expectedCount, where, channelSize);
        }
    }

    private static float[] Widen(ReadOnlySpan<byte> bytes, int expectedCount, string where)
    {
        int count = bytes.Length / 2;
        if (bytes.Length % 2 != 0 || count != expectedCount)
            throw WrongCount(expectedCount, bytes.Length / 2.0, where);

        float[] values = GC.AllocateUninitializedArray<float>(count);
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
        return values;
    }

    private static ReadOnlyMemory<float> Checked(ReadOnlyMemory<float> values, int expectedCount, string where) =>
        values.Length == expectedCount ? values : throw WrongCount(expectedCount, values.Length, where);

    private static MLModelFormatException WrongCount(int expected, double got, string where) =>
        new(FormattableString.Invariant($"{where} takes {expected} values; got {got}."), where);
}
