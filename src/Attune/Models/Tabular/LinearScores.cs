using System.Numerics.Tensors;
using Google.Protobuf.Collections;

namespace Attune.Models;

/// <summary>W·x + offset: a score per row of weights.</summary>
internal sealed class LinearScores
{
    private readonly double[][] weights;
    private readonly double[] offsets;

    /// <exception cref="MLModelFormatException">There are no weights, rows differ in length or from the inputs, or
    /// there is not one offset per row.</exception>
    public LinearScores(
        Interface model, NumberRow row, RepeatedField<double>[] weights, RepeatedField<double> offsets)
    {
        if (weights.Length == 0)
            throw model.Wrong("takes one row of weights or more; the file has none", "weights");
        Width = row.Count ?? weights[0].Count;
        for (int i = 0; i < weights.Length; i++)
            if (weights[i].Count != Width)
                throw model.Wrong($"takes {Width} weights a row; row {i} has {weights[i].Count}", $"weights[{i}]");
        if (offsets.Count != weights.Length)
            throw model.Wrong(
                $"takes an offset for each of {weights.Length} rows of weights; the file has {offsets.Count}",
                "offset");
        this.weights = [.. weights.Select(values => values.ToArray())];
        this.offsets = [.. offsets];
    }

    /// <summary>How many numbers a score is made of.</summary>
    public int Width { get; }

    public int Count => weights.Length;

    public void Evaluate(ReadOnlySpan<double> x, Span<double> scores)
    {
        for (int i = 0; i < weights.Length; i++)
            scores[i] = TensorPrimitives.Dot(weights[i], x) + offsets[i];
    }
}
