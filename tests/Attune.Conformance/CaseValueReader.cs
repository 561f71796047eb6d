using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Attune.Conformance;

/// <summary>Reads <c>inputs.json</c> and <c>expected.json</c>.</summary>
internal static class CaseValueReader
{
    /// <summary>The values by name: one map, or one for each sample.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, CaseValue>> Read(ConformanceCase source, string path)
    {
        using JsonDocument json = source.Json(path);
        return json.RootElement.ValueKind == JsonValueKind.Array
            ? [.. json.RootElement.EnumerateArray().Select(map => Map(source, map))]
            : [Map(source, json.RootElement)];
    }

    private static Dictionary<string, CaseValue> Map(ConformanceCase source, JsonElement map) =>
        map.EnumerateObject().ToDictionary(entry => entry.Name, entry => Value(source, entry.Value));

    private static CaseValue Value(ConformanceCase source, JsonElement value)
    {
        string kind = value.GetProperty("kind").GetString()!;
        return kind switch
        {
            "tensor" => Tensor(source, value),
            "scalar" => Scalar(value.GetProperty("value")),
            "dictionary" => Dictionary(value),
            "sequence" => new SequenceValue([.. value.GetProperty("values").EnumerateArray().Select(Element)]),
            "image" => new ImageValue(
                value.GetProperty("mode").GetString()!,
                value.GetProperty("width").GetInt32(),
                value.GetProperty("height").GetInt32(),
                source.Read(value.GetProperty("file").GetString()!)),
            _ => throw new InvalidDataException($"Case {source.Name} has a value of the unknown kind '{kind}'."),
        };
    }

    private static TensorValue Tensor(ConformanceCase source, JsonElement value)
    {
        string type = value.GetProperty("dtype").GetString()!;
        return new TensorValue(
            [.. value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())],
            type,
            Numbers(source.Read(value.GetProperty("file").GetString()!), type));
    }

    private static double[] Numbers(byte[] bytes, string type) => type switch
    {
        "float64" => Numbers<double>(bytes, x => x),
        "float32" => Numbers<float>(bytes, x => x),
        "float16" => Numbers<Half>(bytes, x => (double)x),
        "int64" => Numbers<long>(bytes, x => x),
        "int32" => Numbers<int>(bytes, x => x),
        "int16" => Numbers<short>(bytes, x => x),
        "int8" => Numbers<sbyte>(bytes, x => x),
        "uint8" or "bool" => Numbers<byte>(bytes, x => x),
        "uint16" => Numbers<ushort>(bytes, x => x),
        "uint32" => Numbers<uint>(bytes, x => x),
        _ => throw new InvalidDataException($"Numbers of the type '{type}' are not known."),
    };

    private static double[] Numbers<T>(byte[] bytes, Func<T, double> widen) where T : unmanaged =>
        [.. MemoryMarshal.Cast<byte, T>(bytes).ToArray().Select(widen)];

    private static CaseValue Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new NumberValue(value.GetBoolean() ? 1 : 0),
        JsonValueKind.Number => new NumberValue(value.GetDouble()),
        _ when value.GetString() is "NaN" or "Infinity" or "-Infinity" =>
            new NumberValue(double.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
        _ => new TextValue(value.GetString()!),
    };

    private static DictionaryValue Dictionary(JsonElement value)
    {
        IEnumerable<object> keys = value.GetProperty("keys").EnumerateArray().Select(Element);
        IEnumerable<double> numbers = value.GetProperty("values").EnumerateArray().Select(number => number.GetDouble());
        return new DictionaryValue(keys.Zip(numbers).ToDictionary(entry => entry.First, entry => entry.Second));
    }

    private static object Element(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? element.GetString()!
        : (long)element.GetDouble();
}
