using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Attune.Format;

/// <summary>
/// Writes the bytes that were kept, with the weights back in their places, changed ones instead, or none at all, and
/// with messages that are replaced.
/// </summary>
/// <param name="document">The bytes and the places.</param>
/// <param name="changes">What is different. Weights are written as float32.</param>
/// <param name="withWeights">False for a skeleton, which names the weights by their numbers.</param>
internal sealed class DocumentWriter(
    ScannedDocument document, ModelChanges changes, bool withWeights)
{
    private readonly Dictionary<int, byte[]> replaced = changes.Classifiers.ToDictionary(
        entry => entry.Key, entry => entry.Value.ToByteArray());
    private readonly List<long> lengths = [];
    private int section;

    /// <summary>The number of bytes that <see cref="Write(Stream)"/> writes.</summary>
    public long Measure()
    {
        lengths.Clear();
        return Measure(document.Root);
    }

    public void Write(Stream destination)
    {
        _ = Measure();
        section = 0;
        Write(document.Root, destination);
    }

    // Lengths stand before what they measure, so they are all worked out first, in the order they are written.
    private long Measure(Section of)
    {
        int own = lengths.Count;
        lengths.Add(0);
        long length = 0;
        int at = of.Body;
        foreach (Part part in of.Parts)
        {
            length += part.Start - at;
            if (part is Section inner)
            {
                long body = Measure(inner);
                length += HeaderLength(inner, body) + body;
            }
            else
                length += part is Slot slot ? Measure(slot) : Measure((Piece)part);
            at = part.End;
        }
        return lengths[own] = length + of.End - at;
    }

    private void Write(Section of, Stream destination)
    {
        section++;
        int at = of.Body;
        foreach (Part part in of.Parts)
        {
            destination.Write(Literal(at, part.Start));
            if (part is Section inner)
            {
                WriteHeader(inner, lengths[section], destination);
                Write(inner, destination);
            }
            else if (part is Slot slot)
                Write(slot, destination);
            else
                Write((Piece)part, destination);
            at = part.End;
        }
        destination.Write(Literal(at, of.End));
    }

    private static int HeaderLength(Section of, long length) =>
        length == of.Length ? of.Body - of.Start : Varint.Size(length);

    private void WriteHeader(Section of, long length, Stream destination)
    {
        if (length == of.Length)
            destination.Write(Literal(of.Start, of.Body));
        else
            Varint.Write(destination, length);
    }

    private long Measure(Slot slot) => replaced.TryGetValue(slot.Number, out byte[]? message)
        ? Varint.Size(message.Length) + message.Length
        : slot.Stop - slot.Start;

    private void Write(Slot slot, Stream destination)
    {
        if (!replaced.TryGetValue(slot.Number, out byte[]? message))
        {
            destination.Write(Literal(slot.Start, slot.Stop));
            return;
        }
        Varint.Write(destination, message.Length);
        destination.Write(message);
    }

    private long Measure(Piece piece) => Form(piece) switch
    {
        PieceForm.AsItWas => piece.Stop - piece.Start + piece.Count,
        PieceForm.Kept => piece.Stop - piece.Start,
        PieceForm.Anew => MeasureAnew(Values(piece.Blob)),
        PieceForm.Number => Varint.Size(Tag(WeightFields.Blob, WireType.Varint)) + Varint.Size(piece.Blob),
        _ => 0,
    };

    private void Write(Piece piece, Stream destination)
    {
        switch (Form(piece))
        {
            case PieceForm.AsItWas:
                destination.Write(Literal(piece.Start, piece.Stop));
                destination.Write(Payload(document.Blobs[piece.Blob - 1], piece.Offset, piece.Count));
                break;
            case PieceForm.Kept:
                destination.Write(Literal(piece.Start, piece.Stop));
                break;
            case PieceForm.Anew:
                WriteAnew(Values(piece.Blob), destination);
                break;
            case PieceForm.Number:
                Varint.Write(destination, Tag(WeightFields.Blob, WireType.Varint));
                Varint.Write(destination, piece.Blob);
                break;
        }
    }

    private PieceForm Form(Piece piece)
    {
        bool isChanged = changes.Weights.ContainsKey(piece.Blob);
        return piece.Role switch
        {
            PieceRole.Values when !withWeights => PieceForm.Number,
            PieceRole.Values => isChanged ? PieceForm.Anew : PieceForm.AsItWas,
            PieceRole.MoreValues => isChanged || !withWeights ? PieceForm.Nothing : PieceForm.AsItWas,
            PieceRole.Quantization => isChanged ? PieceForm.Nothing : PieceForm.Kept,
            PieceRole.Reference => withWeights ? PieceForm.Anew : PieceForm.Kept,
            PieceRole.Foreign => withWeights ? PieceForm.Kept : PieceForm.Nothing,
            _ => PieceForm.Nothing,
        };
    }

    private WeightBlob Values(int blob) =>
        changes.Weights.TryGetValue(blob, out ReadOnlyMemory<float> values)
            ? WeightBlob.Of(values)
            : document.Blobs[blob - 1];

    private static long MeasureAnew(WeightBlob values) => values.ByteCount == 0
        ? 0
        : Varint.Size(Tag(WeightFields.FieldOf(values.Kind), WireType.Length))
            + Varint.Size(values.ByteCount) + values.ByteCount;

    private static void WriteAnew(WeightBlob values, Stream destination)
    {
        if (values.ByteCount == 0)
            return;
        Varint.Write(destination, Tag(WeightFields.FieldOf(values.Kind), WireType.Length));
        Varint.Write(destination, values.ByteCount);
        destination.Write(Payload(values, 0, checked((int)values.ByteCount)));
    }

    private static ReadOnlySpan<byte> Payload(WeightBlob blob, long offset, int count) =>
        blob.Kind == WeightKind.Float32
            ? MemoryMarshal.AsBytes(blob.Floats.Span.Slice((int)(offset / sizeof(float)), count / sizeof(float)))
            : blob.Bytes.Span.Slice((int)offset, count);

    private static long Tag(int field, WireType wire) => ((long)field << 3) | (long)wire;

    private ReadOnlySpan<byte> Literal(int start, int end) => document.Literal.Span[start..end];

    private enum PieceForm
    {
        Nothing,
        Kept,
        AsItWas,
        Anew,
        Number,
    }
}
