using System.Text.Json;

namespace Attune.Conformance.Comparisons;

/// <summary>Which shapes of an output count as the expected one.</summary>
internal sealed class ShapeRule
{
    private readonly int[]? shape;
    private readonly bool drops;
    private readonly bool flattens;

    private ShapeRule(int[]? shape, bool drops, bool flattens)
    {
        this.shape = shape;
        this.drops = drops;
        this.flattens = flattens;
    }

    /// <summary>The rule for one output of a case.</summary>
    public static ShapeRule Of(ConformanceCase source, string output)
    {
        JsonElement compare = source.Facts.GetProperty("compare");
        int[]? shape = compare.TryGetProperty("output_shapes", out JsonElement shapes)
            && shapes.TryGetProperty(output, out JsonElement own)
            ? [.. own.EnumerateArray().Select(size => size.GetInt32())]
            : null;
        // NumPy's allclose and differences, unlike its assert_allclose, repeat axes of size 1.
        bool drops = Is(compare, "shape", "squeeze")
            || Is(compare, "assert", "allclose")
            || Is(compare, "metric", "element_equal");
        bool flattens =
            source.Facts.TryGetProperty("shape_note", out JsonElement notes) && notes.TryGetProperty(output, out _);
        return new ShapeRule(shape, drops, flattens);
    }

    /// <summary>What is wrong with the shape, or with the number of elements; null if nothing is.</summary>
    public string? Difference(TensorValue expected, TensorValue actual)
    {
        int[] wanted = shape ?? expected.Shape;
        bool same = expected.Numbers.Length == actual.Numbers.Length
            && (flattens || IsOneNumber(wanted, actual) || Relevant(wanted).SequenceEqual(Relevant(actual.Shape)));
        return same
            ? null
            : $"expected the shape [{string.Join('×', wanted)}], got [{string.Join('×', actual.Shape)}]";
    }

    private static bool Is(JsonElement compare, string name, string value) =>
        compare.TryGetProperty(name, out JsonElement given) && given.GetString() == value;

    // Core ML has no arrays without axes: a reference's number may come out as an array of one element.
    private static bool IsOneNumber(int[] wanted, TensorValue actual) =>
        wanted.Length == 0 && actual.Numbers.Length == 1;

    private IEnumerable<int> Relevant(int[] sizes) => drops ? sizes.Where(size => size != 1) : sizes;
}
