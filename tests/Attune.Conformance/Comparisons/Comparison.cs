using System.Text.Json;

namespace Attune.Conformance.Comparisons;

/// <summary>How close an output must be to the expected one: one class for each <c>compare.metric</c>.</summary>
internal abstract class Comparison
{
    /// <summary>The comparison that a case asks for.</summary>
    /// <exception cref="InvalidDataException">It asks for one that is not known.</exception>
    public static Comparison Of(JsonElement compare) => compare.GetProperty("metric").GetString() switch
    {
        "rel_error" => new RelativeError(compare),
        "SNR" => new SignalToNoise(compare),
        "allclose" => new Closeness(compare),
        "moments" => new Moments(compare),
        "abs" => new AbsoluteError(compare),
        "equal" => new Equality(),
        "element_equal" => new ElementEquality(),
        var other => throw new InvalidDataException($"The metric '{other}' is not known."),
    };

    /// <summary>What is wrong with an output; null if nothing is.</summary>
    /// <param name="expected">What the reference gave.</param>
    /// <param name="actual">What the model gave.</param>
    /// <param name="shapes">Which shapes count as the same.</param>
    public string? Difference(CaseValue expected, CaseValue actual, ShapeRule shapes) => (expected, actual) switch
    {
        (TextValue e, TextValue a) => e == a ? null : $"expected '{e.Text}', got '{a.Text}'",
        (DictionaryValue e, DictionaryValue a) => DifferenceOf(e, a),
        (SequenceValue e, SequenceValue a) => e.Elements.SequenceEqual(a.Elements) ? null : "the sequences differ",
        _ => DifferenceOf(Tensor(expected), Tensor(actual), shapes)
            ?? (Tensor(expected) is null ? $"expected {expected}, got {actual}" : null),
    };

    /// <summary>What is wrong with numbers, which are as many as expected; null if nothing is.</summary>
    protected abstract string? OfNumbers(TensorValue expected, TensorValue actual);

    protected virtual bool ComparesValues => true;

    /// <summary>The first element for which <paramref name="isFine"/> does not hold, in words.</summary>
    protected static string? FirstBad(TensorValue expected, TensorValue actual, Func<double, double, bool> isFine)
    {
        for (int i = 0; i < expected.Numbers.Length; i++)
            if (!Same(expected.Numbers[i], actual.Numbers[i]) && !isFine(expected.Numbers[i], actual.Numbers[i]))
                return $"element {i} of {expected.Numbers.Length}: expected {expected.Numbers[i]:G7}, got " +
                    $"{actual.Numbers[i]:G7}";
        return null;
    }

    /// <summary>Equal, also where both are the same infinity or no number.</summary>
    protected static bool Same(double expected, double actual) => expected.Equals(actual) || expected == actual;

    private string? DifferenceOf(TensorValue? expected, TensorValue? actual, ShapeRule shapes)
    {
        if (expected is null)
            return null;
        if (actual is null)
            return "expected numbers, got a value of another kind";
        if (shapes.Difference(expected, actual) is { } difference)
            return difference;
        return ComparesValues ? OfNumbers(expected, actual) : null;
    }

    private string? DifferenceOf(DictionaryValue expected, DictionaryValue actual)
    {
        if (!expected.Entries.Keys.ToHashSet().SetEquals(actual.Entries.Keys))
            return $"expected the keys {string.Join(", ", expected.Entries.Keys)}, " +
                $"got {string.Join(", ", actual.Entries.Keys)}";
        object[] keys = [.. expected.Entries.Keys];
        return OfNumbers(Row(expected, keys), Row(actual, keys));
    }

    private static TensorValue Row(DictionaryValue dictionary, object[] keys) =>
        new([keys.Length], "float64", [.. keys.Select(key => dictionary.Entries[key])]);

    private static TensorValue? Tensor(CaseValue value) => value switch
    {
        TensorValue tensor => tensor,
        NumberValue number => new TensorValue([], "float64", [number.Number]),
        ImageValue { Mode: "RGB" or "L" } image => new TensorValue(
            [image.Height, image.Width, image.Pixels.Length / image.Height / image.Width],
            "uint8",
            [.. image.Pixels.Select(pixel => (double)pixel)]),
        _ => null,
    };
}
