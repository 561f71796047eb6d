namespace Attune.Format;

/// <summary>What the reader knows of one kind of message before any object is made of it.</summary>
internal sealed class MessageShape(string name, int bytes)
{
    private FieldShape[] fields = [];

    public string Name { get; } = name;

    /// <summary>An estimate of the managed memory that one such message takes while all its fields are empty.</summary>
    public int Bytes { get; } = bytes;

    public IReadOnlyList<FieldShape> Fields => fields;

    /// <summary>Whether weights, or a message that may be replaced, may stand in such a message, at any
    /// depth.</summary>
    public bool HoldsParts { get; private set; }

    /// <summary>Whether this is <c>WeightParams</c> itself.</summary>
    public bool IsWeights => Name == WeightFields.Message;

    /// <summary>Whether such a message may be written anew as a whole: the samples of a classifier, which learns by
    /// keeping more of them.</summary>
    public bool IsReplaceable => Name == "KNearestNeighborsClassifier";

    /// <summary>The field of this number; null where the format knows none.</summary>
    public FieldShape? Find(int number)
    {
        int low = 0;
        int high = fields.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int found = fields[middle].Number;
            if (found == number)
                return fields[middle];
            if (found < number)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }

    /// <summary>Called once, by the table, when all messages are known by name.</summary>
    internal void Complete(IEnumerable<FieldShape> all) => fields = [.. all.OrderBy(field => field.Number)];

    /// <summary>Learns from its fields whether it holds parts; says whether that is news.</summary>
    internal bool Learn()
    {
        if (HoldsParts || !(IsWeights || IsReplaceable || fields.Any(field => field.Message is { HoldsParts: true })))
            return false;
        HoldsParts = true;
        return true;
    }
}

/// <summary>One field of a message.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Name">Its name in the format.</param>
/// <param name="Kind">How its values are written.</param>
/// <param name="IsRepeated">Whether it is a list; a map is a list of its entries.</param>
/// <param name="Message">The shape of its messages; null for other kinds.</param>
internal sealed record FieldShape(int Number, string Name, FieldKind Kind, bool IsRepeated, MessageShape? Message);

/// <summary>How the values of a field are written.</summary>
internal enum FieldKind
{
    /// <summary>A varint held in four bytes or fewer: int32, uint32, bool, enumerations.</summary>
    Varint32,

    /// <summary>A varint held in eight bytes.</summary>
    Varint64,

    /// <summary>Four bytes: float.</summary>
    Fixed32,

    /// <summary>Eight bytes: double.</summary>
    Fixed64,

    /// <summary>A length and UTF-8 text.</summary>
    Text,

    /// <summary>A length and bytes.</summary>
    Bytes,

    /// <summary>A length and a message.</summary>
    Message,
}
