namespace Attune.Format;

/// <summary>
/// Goes over a model file once, before any message is made of it: checks that it is well-formed, that its messages will
/// take bounded memory, and takes the weights out.
/// </summary>
internal sealed class DocumentScanner
{
    // What a list takes when its first element comes, and for each element: a reference, in an array that doubles.
    private const int FirstElement = 96;
    private const int Element = 16;
    private const int UnknownField = 500;
    private const int UnknownValue = 80;
    private const int TextObject = 24;
    private const int BytesObject = 64;
    private const int PieceAndBlob = 250;

    private readonly WireReader reader;
    private readonly MemoryBudget budget = new();
    private readonly WeightScanner weights;
    private int slots;

    private DocumentScanner(Stream stream, IReadOnlyList<WeightBlob>? table)
    {
        reader = new WireReader(stream);
        weights = new WeightScanner(reader, table);
    }

    /// <summary>Reads the stream from where it stands to its end.</summary>
    /// <param name="stream">The file, or a skeleton of our own.</param>
    /// <param name="table">The weights that a skeleton refers to; null where the stream is a file of anybody's.</param>
    /// <exception cref="MLModelFormatException">
    /// The bytes are no model, damaged, or would take too much memory.
    /// </exception>
    public static ScannedDocument Scan(Stream stream, IReadOnlyList<WeightBlob>? table = null)
    {
        var scanner = new DocumentScanner(stream, table);
        var root = new Section(0, 0, 0, 0);
        scanner.Charge(MessageTable.Model.Bytes);
        scanner.ReadFields(MessageTable.Model, scanner.reader.End, root);
        ReadOnlyMemory<byte> literal = scanner.reader.Finish();
        root.Close(literal.Length);
        return new ScannedDocument(literal, root, scanner.weights.Blobs(), scanner.slots);
    }

    private void ReadFields(MessageShape shape, long end, Section? section)
    {
        WeightState? state = shape.IsWeights ? new WeightState(section!) : null;
        while (end == long.MaxValue ? !reader.IsAtEnd() : reader.Position < end)
        {
            int start = reader.LiteralPosition;
            ulong tag = reader.Varint();
            if (tag is < 8 or > uint.MaxValue)
                throw reader.Refuse("is followed by something that is no field");

            int number = (int)(tag >> 3);
            var wire = (WireType)(tag & 7);
            FieldShape? field = shape.Find(number);
            bool isFirst = reader.Path.Enter(number, field);
            if (state is not null && weights.Take(state, number, wire, start, end))
                Charge(wire == WireType.Fixed32 ? Element : PieceAndBlob);
            else if (field is null)
                PassUnknown(wire, end, isFirst);
            else if (field.Kind == FieldKind.Message)
                ReadMessage(field, wire, end, section, isFirst);
            else
                PassValue(field, wire, end, isFirst);

            if (reader.Position > end)
                throw reader.Refuse("runs past the end of the message it stands in");
            state?.Passed(number, start, reader.LiteralPosition);
        }
        state?.Close();
    }

    private void ReadMessage(FieldShape field, WireType wire, long end, Section? parent, bool isFirst)
    {
        MessageShape shape = field.Message!;
        if (wire != WireType.Length)
            throw WrongType("a message", wire);
        if (reader.Path.Depth >= FieldPath.MaximumDepth)
            throw reader.Refuse($"is nested deeper than {FieldPath.MaximumDepth} messages");

        int start = reader.LiteralPosition;
        int length = reader.Length(end);
        Charge(shape.Bytes + (field.IsRepeated ? Element : 0) + (field.IsRepeated && isFirst ? FirstElement : 0));
        if (shape.HoldsParts && !field.IsRepeated && Holds(parent!, field.Number))
            throw reader.Refuse("stands twice in its message, with weights or samples in the first");
        Section? section = shape.HoldsParts && !shape.IsReplaceable
            ? new Section(field.Number, start, reader.LiteralPosition, length)
            : null;

        reader.Path.Push();
        ReadFields(shape, reader.Position + length, section);
        reader.Path.Pop();

        if (shape.IsReplaceable)
            parent!.Parts.Add(new Slot(field.Number, ++slots, start, reader.LiteralPosition));
        else if (section is { Parts.Count: > 0 })
        {
            section.Close(reader.LiteralPosition);
            parent!.Parts.Add(section);
        }
    }

    private static bool Holds(Section parent, int field)
    {
        foreach (Part part in parent.Parts)
            if ((part as Section)?.Field == field || (part as Slot)?.Field == field)
                return true;
        return false;
    }

    private void PassValue(FieldShape field, WireType wire, long end, bool isFirst)
    {
        if (field.IsRepeated)
            Charge(Element + (isFirst ? FirstElement : 0));
        if (field.Kind is FieldKind.Text or FieldKind.Bytes)
        {
            if (wire != WireType.Length)
                throw WrongType(field.Kind == FieldKind.Text ? "text" : "bytes", wire);
            long length = reader.Length(end);
            Charge(field.Kind == FieldKind.Text ? TextObject + (2 * length) : BytesObject + length);
            reader.Skip(length);
        }
        else if (field.IsRepeated && wire == WireType.Length)
            PassPacked(field, end);
        else if (wire != WireTypes.Of(field.Kind))
            throw WrongType(field.IsRepeated ? "numbers" : "a number", wire);
        else
            PassNumber(wire);
    }

    private void PassPacked(FieldShape field, long end)
    {
        long length = reader.Length(end);
        long stop = reader.Position + length;
        int size = field.Kind switch { FieldKind.Fixed32 => 4, FieldKind.Fixed64 => 8, _ => 0 };
        if (size == 0)
        {
            while (reader.Position < stop)
            {
                _ = reader.Varint();
                Charge(Element);
            }
            if (reader.Position > stop)
                throw reader.Refuse("has a number that runs past the end of its list");
            return;
        }
        if (length % size != 0)
            throw reader.Refuse($"takes a multiple of {size} bytes; got {length}");
        Charge(2 * length);
        reader.Skip(length);
    }

    private void PassUnknown(WireType wire, long end, bool isFirst)
    {
        Charge(isFirst ? UnknownField : UnknownValue);
        if (wire != WireType.Length)
        {
            PassNumber(wire);
            return;
        }
        long length = reader.Length(end);
        Charge(BytesObject + length);
        reader.Skip(length);
    }

    private void PassNumber(WireType wire)
    {
        if (wire == WireType.Varint)
            _ = reader.Varint();
        else if (wire == WireType.Fixed32)
            reader.Skip(4);
        else if (wire == WireType.Fixed64)
            reader.Skip(8);
        else
            throw reader.Refuse("is of a kind that model files do not have");
    }

    private MLModelFormatException WrongType(string takes, WireType wire) =>
        reader.Refuse($"takes {takes}; got {WireTypes.NameOf(wire)}");

    private void Charge(long bytes)
    {
        if (!budget.Take(bytes, reader.End == long.MaxValue ? reader.Position : reader.End))
            throw reader.Refuse("is one of more objects than a file of this size has any use for");
    }
}
