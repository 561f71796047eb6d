using System.Globalization;
using System.Text.Json;

namespace Attune.Cli.Data;

/// <summary>Values of features from what stands in texts: JSON, cells of tables, paths of images.</summary>
/// <param name="folder">What paths in the text are relative to.</param>
/// <param name="image">How images are brought to the model's size.</param>
internal sealed class FeatureText(string folder, MLImageOptions image)
{
    /// <summary>A value from JSON; null for null, which only an optional feature takes.</summary>
    /// <exception cref="ToolException">The feature does not take it.</exception>
    public MLFeatureValue? FromJson(MLFeatureDescription feature, JsonElement json) =>
        (feature.Type, json.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        (MLFeatureType.Int64, JsonValueKind.Number) when json.TryGetInt64(out long whole) =>
            MLFeatureValue.FromInt64(whole),
        (MLFeatureType.Double, JsonValueKind.Number) => MLFeatureValue.FromDouble(json.GetDouble()),
        (MLFeatureType.String, JsonValueKind.String) => MLFeatureValue.FromString(json.GetString()!),
        (MLFeatureType.Image, JsonValueKind.String) => Image(feature, json.GetString()!),
        (MLFeatureType.MultiArray, JsonValueKind.Number or JsonValueKind.Array) => Array(feature, json),
        (MLFeatureType.Dictionary, JsonValueKind.Object) => Dictionary(feature, json),
        (MLFeatureType.Sequence, JsonValueKind.Array) => Sequence(feature, json),
        _ => throw Refuse(feature, $"{json.ValueKind} {Short(json.GetRawText())}"),
    };

    /// <summary>A value from cells of a table: one, or as many as an array has elements.</summary>
    /// <exception cref="ToolException">The feature does not take them.</exception>
    public MLFeatureValue FromCells(MLFeatureDescription feature, IReadOnlyList<string> cells) => feature.Type switch
    {
        MLFeatureType.MultiArray =>
            FromNumbers(feature, [cells.Count], [.. cells.Select(cell => Number(feature, cell))]),
        MLFeatureType.String => MLFeatureValue.FromString(cells[0]),
        MLFeatureType.Image => Image(feature, cells[0]),
        MLFeatureType.Double => MLFeatureValue.FromDouble(Number(feature, cells[0])),
        MLFeatureType.Int64 when long.TryParse(cells[0], CultureInfo.InvariantCulture, out long whole) =>
            MLFeatureValue.FromInt64(whole),
        _ => throw Refuse(feature, $"'{cells[0]}'"),
    };

    /// <summary>An image file, brought to the size that the feature takes.</summary>
    public MLFeatureValue Image(MLFeatureDescription feature, string path)
    {
        if (feature.ImageConstraint is not { } constraint)
            throw Refuse(feature, $"the image '{path}'");
        try
        {
            return MLFeatureValue.FromImageFile(Path.Combine(folder, path), constraint, image);
        }
        catch (ImageFormatException error)
        {
            throw new ToolException($"'{path}' cannot be read as an image. {error.Message}");
        }
    }

    /// <summary>An array; one of as many elements as the feature's shape takes that shape.</summary>
    public static MLFeatureValue FromNumbers(MLFeatureDescription feature, IReadOnlyList<int> shape, float[] numbers)
    {
        if (feature.MultiArrayConstraint is not { } constraint)
            throw Refuse(feature, $"an array of {numbers.Length} numbers");
        long wanted = constraint.Shape.Aggregate(1L, (count, size) => count * size);
        int[] chosen = constraint.Shape.Count > 0 && wanted == numbers.Length ? [.. constraint.Shape] : [.. shape];
        return MLFeatureValue.FromMultiArray(new MLMultiArray(numbers, chosen));
    }

    private static MLFeatureValue Array(MLFeatureDescription feature, JsonElement json)
    {
        var shape = new List<int>();
        for (JsonElement inner = json; inner.ValueKind == JsonValueKind.Array; inner = inner[0])
        {
            shape.Add(inner.GetArrayLength());
            if (shape[^1] == 0)
                break;
        }
        var numbers = new List<float>();
        Collect(feature, json, shape, axis: 0, numbers);
        return FromNumbers(feature, shape.Count == 0 ? [1] : shape, [.. numbers]);
    }

    private static void Collect(
        MLFeatureDescription feature, JsonElement json, List<int> shape, int axis, List<float> numbers)
    {
        if (axis == shape.Count && json.ValueKind == JsonValueKind.Number)
        {
            numbers.Add((float)json.GetDouble());
            return;
        }
        if (axis >= shape.Count || json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != shape[axis])
            throw Refuse(feature, $"an array whose rows differ, at {Short(json.GetRawText())}");
        foreach (JsonElement inner in json.EnumerateArray())
            Collect(feature, inner, shape, axis + 1, numbers);
    }

    private static MLFeatureValue Dictionary(MLFeatureDescription feature, JsonElement json)
    {
        var entries = json.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Number).ToArray();
        if (entries.Length != json.EnumerateObject().Count())
            throw Refuse(feature, "a dictionary with values that are no numbers");
        if (feature.DictionaryConstraint?.KeyType != MLFeatureType.Int64)
            return MLFeatureValue.FromDictionary(Unique(entries, entry => entry.Name));
        return MLFeatureValue.FromDictionary(Unique(entries, entry =>
            long.TryParse(entry.Name, CultureInfo.InvariantCulture, out long key)
                ? key
                : throw Refuse(feature, $"the key '{Short(entry.Name)}'")));
    }

    // Of a name that is given twice the last one counts, as everywhere in JSON.
    private static Dictionary<TKey, double> Unique<TKey>(JsonProperty[] entries, Func<JsonProperty, TKey> key)
        where TKey : notnull
    {
        var unique = new Dictionary<TKey, double>();
        foreach (JsonProperty entry in entries)
            unique[key(entry)] = entry.Value.GetDouble();
        return unique;
    }

    private static MLFeatureValue Sequence(MLFeatureDescription feature, JsonElement json)
    {
        bool texts = feature.SequenceConstraint?.ValueDescription.Type != MLFeatureType.Int64;
        JsonElement[] items = [.. json.EnumerateArray()];
        if (texts && items.All(item => item.ValueKind == JsonValueKind.String))
            return MLFeatureValue.FromSequence(MLSequence.FromStrings(items.Select(item => item.GetString()!)));
        if (!texts && items.All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out _)))
            return MLFeatureValue.FromSequence(MLSequence.FromInt64s(items.Select(item => item.GetInt64())));
        throw Refuse(feature, Short(json.GetRawText()));
    }

    private static float Number(MLFeatureDescription feature, string cell) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
            ? number
            : throw Refuse(feature, $"'{Short(cell)}'");

    private static ToolException Refuse(MLFeatureDescription feature, string got) =>
        new($"Feature {feature}; got {got}.");

    private static string Short(string text) => text.Length <= 40 ? text : text[..39] + "…";
}
