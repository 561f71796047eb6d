namespace Attune.Models;

/// <summary>
/// All inputs of a model as one row of numbers, side by side in the order of its description: numbers as one element,
/// arrays element by element. An optional number or array that is missing becomes NaN.
/// </summary>
internal sealed class NumberRow
{
    private readonly MLFeatureDescription[] inputs;

    /// <exception cref="MLModelFormatException">An input is neither a number nor an array.</exception>
    public NumberRow(Interface model)
    {
        inputs = [.. model.Inputs];
        long count = 0;
        foreach (MLFeatureDescription input in inputs)
        {
            _ = model.Require(input, MLFeatureType.Double, MLFeatureType.Int64, MLFeatureType.MultiArray);
            count = SizeOf(input) is { } size && count >= 0 ? Math.Min(count + size, int.MaxValue) : -1;
        }
        Count = count >= 0 ? (int)count : null;
    }

    /// <summary>How many numbers the row has; null if arrays of several sizes are taken.</summary>
    public int? Count { get; }

    /// <exception cref="MLFeatureException">A value is missing, or not what the model takes.</exception>
    public double[] Read(InputFeatures features)
    {
        var values = new MLFeatureValue?[inputs.Length];
        int count = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            values[i] = features.Get(inputs[i]);
            count = checked(count + (values[i]?.MultiArrayValue?.Count ?? SizeOf(inputs[i]) ?? 0));
        }
        var row = new double[count];
        Span<double> rest = row;
        for (int i = 0; i < inputs.Length; i++)
            rest = rest[Write(values[i], rest, SizeOf(inputs[i]) ?? 0)..];
        return row;
    }

    /// <summary>The row, if it has as many numbers as <paramref name="wanted"/>.</summary>
    public double[] Read(InputFeatures features, int wanted)
    {
        double[] row = Read(features);
        return row.Length == wanted
            ? row
            : throw InputFeatures.Refusal(
                inputs[^1].Name, $"and the inputs before it take {wanted} numbers together", $"{row.Length}");
    }

    /// <summary>How many numbers a feature is; null if it is an array of several sizes.</summary>
    public static int? SizeOf(MLFeatureDescription feature)
    {
        if (feature.MultiArrayConstraint is not { } array)
            return 1;
        if (array.Shape.Count == 0 || array.ShapeConstraint.Type != MLMultiArrayShapeConstraintType.Unspecified)
            return null;
        long count = 1;
        foreach (int size in array.Shape)
            count = Math.Min(count * size, int.MaxValue);
        return (int)count;
    }

    private static int Write(MLFeatureValue? value, Span<double> row, int size)
    {
        if (value is null)
        {
            row[..size].Fill(double.NaN);
            return size;
        }
        if (value.MultiArrayValue is { } array)
        {
            array.CopyTo(row[..array.Count]);
            return array.Count;
        }
        row[0] = value.Type == MLFeatureType.Int64 ? value.Int64Value : value.DoubleValue;
        return 1;
    }
}
