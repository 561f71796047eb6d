using System.Runtime.InteropServices;

namespace Attune.Format;

/// <summary>What the scanner has seen of the <c>WeightParams</c> that it stands in.</summary>
internal sealed class WeightState(Section section)
{
    private int quantization = -1;

    public Section Section { get; } = section;

    /// <summary>
    /// The encoding of the first values met. Values in another one stay in the message, for the error.
    /// </summary>
    public WeightKind Kind { get; set; }

    /// <summary>The number of the values; 0 until some are met.</summary>
    public int Blob { get; set; }

    /// <summary>Remembers where the quantization stands, which falls away when the values are replaced.</summary>
    public void Passed(int field, int start, int stop)
    {
        if (field != WeightFields.Quantization || quantization >= 0)
            return;
        quantization = Section.Parts.Count;
        Section.Parts.Add(new Piece(start, stop, PieceRole.Quantization, 0, 0, 0));
    }

    public void Close()
    {
        if (quantization < 0)
            return;
        if (Blob == 0)
            Section.Parts.RemoveAt(quantization);
        else
            Section.Parts[quantization] = (Piece)Section.Parts[quantization] with { Blob = Blob };
    }
}

/// <summary>Takes the values of <c>WeightParams</c> out of the bytes.</summary>
/// <param name="reader">The file.</param>
/// <param name="table">The values that a skeleton of our own refers to; null for files of anybody's.</param>
internal sealed class WeightScanner(WireReader reader, IReadOnlyList<WeightBlob>? table)
{
    private readonly List<WeightBuilder> builders = [];

    private int TableCount => table?.Count ?? 0;

    /// <summary>All values: the table's, then those found.</summary>
    public IReadOnlyList<WeightBlob> Blobs() => [.. table ?? [], .. builders.Select(builder => builder.Build())];

    /// <summary>Reads the field if it holds values; says whether it did.</summary>
    public bool Take(WeightState state, int field, WireType wire, int start, long end)
    {
        if (field == WeightFields.Blob && wire == WireType.Varint)
        {
            TakeReference(state, start);
            return true;
        }
        WeightKind kind = WeightFields.KindOf(field);
        if (kind == WeightKind.None || !IsWelcome(state, kind))
            return false;
        if (kind == WeightKind.Float32 && wire == WireType.Fixed32)
        {
            TakeOne(state, start, end);
            return true;
        }
        if (wire != WireType.Length)
            return false;
        TakeRun(state, kind, start, end);
        return true;
    }

    // The first values, or more of the same where a list goes on. All else stays in the message, for the error.
    private bool IsWelcome(WeightState state, WeightKind kind) =>
        state.Kind == WeightKind.None
        || (kind == WeightKind.Float32 && state.Kind == kind && state.Blob > TableCount);

    private void TakeRun(WeightState state, WeightKind kind, int start, long end)
    {
        int length = reader.Length(end);
        if (length == 0)
            return;
        if (kind == WeightKind.Float32 && length % sizeof(float) != 0)
            throw reader.Refuse($"takes a multiple of {sizeof(float)} bytes; got {length}");

        int header = reader.LiteralPosition;
        WeightBuilder builder = Builder(state, kind, out PieceRole role);
        long offset = builder.ByteCount;
        if (kind == WeightKind.Float32)
            builder.Append(reader.TakeOut<float>(length / sizeof(float)));
        else
            builder.Set(reader.TakeOut<byte>(length));
        state.Section.Parts.Add(new Piece(start, header, role, state.Blob, offset, length));
    }

    // One value by itself, as old writers do. Its bytes stay where they are, so that a run of them is one piece.
    private void TakeOne(WeightState state, int start, long end)
    {
        if (end - reader.Position < sizeof(float))
            throw reader.Refuse("runs past the end of the message it stands in");

        Span<float> value = stackalloc float[1];
        reader.Copy(MemoryMarshal.AsBytes(value));
        WeightBuilder builder = Builder(state, WeightKind.Float32, out PieceRole role);
        long offset = builder.ByteCount;
        builder.Append(value[0]);

        List<Part> parts = state.Section.Parts;
        if (parts.Count > 0
            && parts[^1] is Piece { Count: 0, Role: <= PieceRole.MoreValues } before
            && before.Stop == start)
            parts[^1] = before with { Stop = reader.LiteralPosition };
        else
            parts.Add(new Piece(start, reader.LiteralPosition, role, state.Blob, offset, 0));
    }

    private void TakeReference(WeightState state, int start)
    {
        ulong number = reader.Varint();
        var role = PieceRole.Foreign;
        if (table is not null)
        {
            if (number == 0 || number > (ulong)table.Count)
                throw reader.Refuse($"names the weights {number}; there are {table.Count}");
            role = state.Kind == WeightKind.None ? PieceRole.Reference : PieceRole.Dropped;
        }
        if (role == PieceRole.Reference)
        {
            state.Blob = (int)number;
            state.Kind = table![state.Blob - 1].Kind;
        }
        state.Section.Parts.Add(new Piece(start, reader.LiteralPosition, role, state.Blob, 0, 0));
    }

    private WeightBuilder Builder(WeightState state, WeightKind kind, out PieceRole role)
    {
        role = PieceRole.MoreValues;
        if (state.Kind == WeightKind.None)
        {
            role = PieceRole.Values;
            builders.Add(new WeightBuilder(kind));
            state.Kind = kind;
            state.Blob = TableCount + builders.Count;
        }
        return builders[state.Blob - TableCount - 1];
    }
}
