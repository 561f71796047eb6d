using System.Text;

namespace Attune.Tests.Format;

/// <summary>Writes protobuf by hand, also the forms that no writer of today makes.</summary>
internal sealed class Wire
{
    private readonly List<byte> bytes = [];

    public byte[] Bytes => [.. bytes];

    /// <summary>A model whose network has one innerProduct layer with these weights.</summary>
    public static byte[] ModelWithWeights(byte[] weightParams) => new Wire()
        .Number(1, 4)
        .Message(500, network => network.Message(1, layer => layer
            .Text(1, "fc")
            .Message(140, product => product.Number(1, 2).Number(2, 2).Field(20, weightParams))))
        .Bytes;

    public Wire Varint(ulong value, int atLeast = 1)
    {
        int count = 1;
        while (value > 0x7F || count < atLeast)
        {
            bytes.Add((byte)((value & 0x7F) | 0x80));
            value >>= 7;
            count++;
        }
        bytes.Add((byte)value);
        return this;
    }

    public Wire Tag(int field, int wire) => Varint(((ulong)field << 3) | (uint)wire);

    public Wire Raw(params byte[] raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    public Wire Number(int field, ulong value) => Tag(field, 0).Varint(value);

    public Wire Float(int field, float value) => Tag(field, 5).Raw(BitConverter.GetBytes(value));

    public Wire Field(int field, byte[] content) => Tag(field, 2).Varint((ulong)content.Length).Raw(content);

    public Wire Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    public Wire Floats(int field, params float[] values) =>
        Field(field, [.. values.SelectMany(BitConverter.GetBytes)]);

    public Wire Message(int field, Action<Wire> write)
    {
        var inner = new Wire();
        write(inner);
        return Field(field, inner.Bytes);
    }
}
