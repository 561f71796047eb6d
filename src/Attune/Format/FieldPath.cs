using System.Text;

namespace Attune.Format;

/// <summary>
/// Where the reader stands in a message, for the text of an error: <c>neuralNetwork.layers[3].name</c>.
/// </summary>
internal sealed class FieldPath
{
    /// <summary>As deep as messages may be nested; Google.Protobuf has the same limit.</summary>
    public const int MaximumDepth = 100;

    private readonly FieldShape?[] fields = new FieldShape?[MaximumDepth + 1];
    private readonly int[] numbers = new int[MaximumDepth + 1];
    private readonly int[] places = new int[MaximumDepth + 1];

    public int Depth { get; private set; }

    /// <summary>Names the field that is read now; says whether the one before it had another number.</summary>
    public bool Enter(int number, FieldShape? field)
    {
        bool isFirst = numbers[Depth] != number;
        places[Depth] = isFirst ? 0 : places[Depth] + 1;
        numbers[Depth] = number;
        fields[Depth] = field;
        return isFirst;
    }

    /// <summary>Goes into the message that the field holds. The caller has checked the depth.</summary>
    public void Push()
    {
        Depth++;
        numbers[Depth] = 0;
        fields[Depth] = null;
    }

    public void Pop() => Depth--;

    public override string ToString()
    {
        var text = new StringBuilder();
        for (int level = 0; level <= Depth && numbers[level] != 0; level++)
        {
            if (level > 0)
                text.Append('.');
            if (fields[level] is not { } field)
                text.Append('#').Append(numbers[level]);
            else if (field.IsRepeated)
                text.Append(field.Name).Append('[').Append(places[level]).Append(']');
            else
                text.Append(field.Name);
        }
        return text.Length == 0 ? "model" : text.ToString();
    }
}
