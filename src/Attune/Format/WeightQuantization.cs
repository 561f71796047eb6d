using Attune.Format.Specification;
using Google.Protobuf.Collections;
using Kind = Attune.Format.Specification.QuantizationParams.QuantizationTypeOneofCase;

namespace Attune.Format;

/// <summary>
/// Turns quantized values into floats: numbers of 1 to 8 bits, the most significant bit first and nothing between them,
/// that name a place in a table, or stand for scale·q + bias. Signed bytes stand for scale·q + bias too.
/// </summary>
/// <remarks>A scale or bias is one number, or one for each of as many equal parts of the values: the output
/// channels.</remarks>
internal static class WeightQuantization
{
    /// <exception cref="MLModelFormatException">
    /// Another number of values, or a table or scales that do not fit them.
    /// </exception>
    public static ReadOnlyMemory<float> Floats(
        WeightBlob blob, QuantizationParams? quantization, int expectedCount, string where, int channelSize)
    {
        bool signed = blob.Kind == WeightKind.Int8;
        ulong bits = signed ? 8 : quantization?.NumberOfBits ?? 0;
        if (bits is < 1 or > 8)
            throw new MLModelFormatException(
                $"{where}: quantized values take 1 to 8 bits each; the file says {bits}.", where);
        long bytes = (expectedCount * (long)bits + 7) / 8;
        if (bytes != blob.Bytes.Length)
            throw new MLModelFormatException(
                $"{where} takes {expectedCount} values, which are {bytes} bytes; got {blob.Bytes.Length}.", where);

        var values = new float[expectedCount];
        if (signed)
            Signed(blob.Bytes.Span, values);
        else
            Unpack(blob.Bytes.Span, (int)bits, values);
        if (quantization?.QuantizationTypeCase == Kind.LookupTableQuantization)
            LookUp(values, quantization.LookupTableQuantization.FloatValue, 1 << (int)bits, where);
        else
            Scale(values, quantization?.LinearQuantization, channelSize, where);
        return values;
    }

    private static void Scale(Span<float> values, LinearQuantizationParams? linear, int channelSize, string where)
    {
        if (linear is null)
            throw new MLModelFormatException(
                $"{where}: quantized values take a table, or scales and biases; the file has neither.", where);
        Apply(values, linear.Scale, "scales", channelSize, where, (value, scale) => value * scale);
        if (linear.Bias.Count > 0)
            Apply(values, linear.Bias, "biases", channelSize, where, (value, bias) => value + bias);
    }

    private static void LookUp(Span<float> values, RepeatedField<float> table, int tableSize, string where)
    {
        if (table.Count != tableSize)
            throw new MLModelFormatException(
                $"{where}: the table of its quantized values takes {tableSize} numbers; got {table.Count}.", where);
        for (int i = 0; i < values.Length; i++)
            values[i] = table[(int)values[i]];
    }

    private static void Apply(
        Span<float> values, RepeatedField<float> numbers, string what, int channelSize, string where,
        Func<float, float, float> combine)
    {
        int part = channelSize > 0 ? channelSize : values.Length / Math.Max(1, numbers.Count);
        if (numbers.Count == 0 || part == 0 || values.Length % ((long)part * numbers.Count) != 0)
            throw new MLModelFormatException(
                $"{where}: the {what} of its {values.Length} quantized values are one, or one per output channel; "
                + $"got {numbers.Count}.",
                where);
        for (int i = 0; i < values.Length; i++)
            values[i] = combine(values[i], numbers[i / part % numbers.Count]);
    }

    private static void Signed(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (sbyte)bytes[i];
    }

    private static void Unpack(ReadOnlySpan<byte> bytes, int bits, Span<float> values)
    {
        int mask = (1 << bits) - 1;
        for (int i = 0; i < values.Length; i++)
        {
            long first = (long)i * bits;
            int place = (int)(first / 8);
            int two = bytes[place] << 8 | (place + 1 < bytes.Length ? bytes[place + 1] : 0);
            values[i] = two >> (16 - bits - (int)(first % 8)) & mask;
        }
    }
}
