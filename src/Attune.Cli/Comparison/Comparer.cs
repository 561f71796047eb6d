using System.Collections;
using System.Globalization;
using Attune.Format;
using Attune.Format.Specification;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Attune.Cli.Comparison;

/// <summary>Where two models differ.</summary>
internal sealed record ComparisonReport(string A, string B, bool AreEqual, IReadOnlyList<Difference> Differences);

/// <summary>One difference.</summary>
/// <param name="Where">The layer, or the part of the file.</param>
/// <param name="What">The field.</param>
/// <param name="A">What the first has.</param>
/// <param name="B">What the second has.</param>
internal sealed record Difference(string Where, string What, string A, string B);

/// <summary>
/// Compares two models field by field. Parts that have names, such as layers and features, are compared with those of
/// the same name; numbers of layers are compared as values, however they are held.
/// </summary>
internal sealed class Comparer(ModelDocument a, ModelDocument b)
{
    private const int MostDepth = 64;

    private readonly List<Difference> differences = [];

    public static ComparisonReport Compare(string pathA, string pathB)
    {
        ModelDocument a = ModelStore.Open(pathA).Document;
        ModelDocument b = ModelStore.Open(pathB).Document;
        var comparer = new Comparer(a, b);
        comparer.Messages(a.Model, b.Model, "model", "", depth: 0);
        return new ComparisonReport(pathA, pathB, comparer.differences.Count == 0, comparer.differences);
    }

    private void Messages(IMessage left, IMessage right, string where, string path, int depth)
    {
        if (left is WeightParams first && right is WeightParams second)
        {
            Weights(first, second, where, path);
            return;
        }
        if (depth > MostDepth)
            return;
        foreach (FieldDescriptor field in left.Descriptor.Fields.InFieldNumberOrder())
            Field(field, left, right, where, path.Length == 0 ? field.Name : $"{path}.{field.Name}", depth);
    }

    private void Field(FieldDescriptor field, IMessage left, IMessage right, string where, string path, int depth)
    {
        object? x = field.Accessor.GetValue(left), y = field.Accessor.GetValue(right);
        if (field.IsMap)
            Maps((IDictionary)x, (IDictionary)y, where, path, depth);
        else if (field.IsRepeated)
            Lists(field, (IList)x, (IList)y, where, path, depth);
        else if (field.FieldType != FieldType.Message)
            Texts(Text(field, left, x), Text(field, right, y), where, path);
        else if (x is IMessage first && y is IMessage second)
            Messages(first, second, where, path, depth + 1);
        else if (x is not null || y is not null)
            OneAbsent(field, (IMessage?)x, (IMessage?)y, where, path, depth);
    }

    // What is in the one is told field by field; that it is there at all only where there is nothing in it.
    private void OneAbsent(FieldDescriptor field, IMessage? x, IMessage? y, string where, string path, int depth)
    {
        IMessage empty = field.MessageType.Parser.ParseFrom([]);
        int before = differences.Count;
        Messages(x ?? empty, y ?? empty, where, path, depth + 1);
        if (differences.Count == before)
            Texts(x is null ? "absent" : "present", y is null ? "absent" : "present", where, path);
    }

    private void Lists(FieldDescriptor field, IList x, IList y, string where, string path, int depth)
    {
        if (field.FieldType != FieldType.Message)
        {
            if (!x.Cast<object>().SequenceEqual(y.Cast<object>()))
                Texts(Text(x), Text(y), where, path);
            return;
        }
        Dictionary<string, IMessage> left = ByName(x), right = ByName(y);
        foreach ((string name, IMessage message) in left)
            if (right.TryGetValue(name, out IMessage? other))
                Messages(message, other, Place(message, name, where), Inner(message, path, name), depth + 1);
            else
                differences.Add(new Difference(
                    Place(message, name, where), Whole(message, path, name), "present", "absent"));
        foreach ((string name, IMessage message) in right)
            if (!left.ContainsKey(name))
                differences.Add(new Difference(
                    Place(message, name, where), Whole(message, path, name), "absent", "present"));
    }

    private void Maps(IDictionary x, IDictionary y, string where, string path, int depth)
    {
        foreach (object key in x.Keys.Cast<object>().Union(y.Keys.Cast<object>()))
        {
            string entry = FormattableString.Invariant($"{path}[{key}]");
            if (x[key] is IMessage first && y[key] is IMessage second)
                Messages(first, second, where, entry, depth + 1);
            else if (!Equals(x[key], y[key]))
                Texts(Short(x[key]), Short(y[key]), where, entry);
        }
    }

    private void Weights(WeightParams left, WeightParams right, string where, string path)
    {
        if (left.IsUpdatable != right.IsUpdatable)
            Texts(left.IsUpdatable.ToString(), right.IsUpdatable.ToString(), where, path + ".isUpdatable");
        HeldNumbers x = HeldNumbers.Of(a, left), y = HeldNumbers.Of(b, right);
        if (!x.Equals(y) || x.Encoding != y.Encoding)
            differences.Add(new Difference(where, path, x.ToString(), y.Describe(x)));
    }

    private void Texts(string left, string right, string where, string path)
    {
        if (left != right)
            differences.Add(new Difference(where, path, left, right));
    }

    // Parts without names are told apart by their places, and so are those of one name.
    private static Dictionary<string, IMessage> ByName(IList messages)
    {
        var byName = new Dictionary<string, IMessage>(StringComparer.Ordinal);
        for (int i = 0; i < messages.Count; i++)
        {
            var message = (IMessage)messages[i]!;
            string name = NameOf(message);
            if (name.Length == 0 || !byName.TryAdd(name, message))
                byName[$"{name}[{i.ToString(CultureInfo.InvariantCulture)}]"] = message;
        }
        return byName;
    }

    private static string NameOf(IMessage message) =>
        message.Descriptor.FindFieldByName("name") is { FieldType: FieldType.String, IsRepeated: false } field
            ? (string)field.Accessor.GetValue(message)
            : "";

    private static string Place(IMessage message, string name, string where) =>
        message is NeuralNetworkLayer ? $"layer '{name}'" : where;

    private static string Inner(IMessage message, string path, string name) =>
        message is NeuralNetworkLayer ? "" : $"{path}[{name}]";

    private static string Whole(IMessage message, string path, string name) =>
        message is NeuralNetworkLayer ? "the layer" : $"{path}[{name}]";

    // Of several fields of which one may be set, the others have no value at all.
    private static string Text(FieldDescriptor field, IMessage message, object? value) =>
        field.HasPresence && !field.Accessor.HasValue(message) ? "" : Short(value);

    private static string Text(IList values) => values.Count > 8
        ? $"{Plain.Count(values.Count)} values"
        : string.Join(", ", values.Cast<object>().Select(Short));

    private static string Short(object? value)
    {
        string text = value is ByteString bytes
            ? $"{Plain.Count(bytes.Length)} bytes"
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.Length <= 60 ? text : text[..59] + "…";
    }
}
