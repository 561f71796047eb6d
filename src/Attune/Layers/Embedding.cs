using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>embedding</c> and <c>embeddingND</c>: x holds indices, and y has the vector of each: y = W[·, x] + b.
/// No gradient passes to the indices.
/// </summary>
/// <remarks>
/// Shapes: W is [outputs×indices]. <c>embedding</c> takes [T×N×1×1×1] and makes [T×N×outputs×1×1] (rank 4 likewise);
/// <c>embeddingND</c> takes [… ×1] and makes [… ×outputs].
/// </remarks>
internal sealed class Embedding : Layer
{
    private readonly int count;
    private readonly int size;
    private readonly int axis;

    private Embedding(LayerSource source, int axis, int count, int size, params Parameter[] parameters)
        : base(source.Name, source.Kind, parameters)
    {
        this.axis = axis;
        this.count = count;
        this.size = size;
    }

    public override bool HasGradient => true;

    public static Embedding Read(LayerSource source) => source.Specification.Embedding is { } fields
        ? Of(source, -3, fields.InputDim, fields.OutputChannels, fields.Weights, fields.HasBias ? fields.Bias : null)
        : OfAnyRank(source, source.Specification.EmbeddingND);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank < (axis == -1 ? 1 : 3) || input.CountOf(input.Rank + axis, input.Rank) != 1)
            throw Refuse(
                axis == -1 ? "an input whose last axis is 1" : "an input whose last three axes are 1", $"{input}");
        int[] output = input.Dimensions.ToArray();
        output[^-axis] = size;
        return Shape.TryOf(output, out Shape? shape)
            ? [shape]
            : throw Refuse("indices whose vectors fit memory", $"{input}");
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        ReadOnlySpan<T> weights = run.Parameter(0);
        for (int i = 0; i < x.Length; i++)
        {
            int index = IndexOf(x[i]);
            Span<T> y = run.Output(0).Slice(i * size, size);
            for (int k = 0; k < size; k++)
                y[k] = weights[k * count + index];
            if (Parameters.Count > 1)
                TensorPrimitives.Add(y, run.Parameter(1), y);
        }
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        for (int i = 0; i < x.Length; i++)
        {
            int index = IndexOf(x[i]);
            ReadOnlySpan<T> dy = run.OutputGradient(0).Slice(i * size, size);
            for (int k = 0; run.WantsParameterGradient(0) && k < size; k++)
                run.ParameterGradient(0)[k * count + index] += dy[k];
            if (Parameters.Count > 1 && run.WantsParameterGradient(1))
                TensorPrimitives.Add(run.ParameterGradient(1), dy, run.ParameterGradient(1));
        }
    }

    private int IndexOf<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double index = Math.Round(double.CreateTruncating(x));
        return index >= 0 && index < count
            ? (int)index
            : throw new MLFeatureException(
                $"{this} takes indices from 0 to {count - 1}; got {x}. Check the model's inputs.");
    }

    private static Embedding OfAnyRank(LayerSource source, EmbeddingNDLayerParams fields) =>
        Of(source, -1, fields.VocabSize, fields.EmbeddingSize, fields.Weights, fields.HasBias ? fields.Bias : null);

    private static Embedding Of(
        LayerSource source, int axis, ulong indices, ulong outputs, WeightParams? weights, WeightParams? bias)
    {
        int count = source.Amount("number of indices", indices, 1);
        int size = source.Amount("number of outputs", outputs, 1);
        Parameter table = source.Parameter("weights", weights, size, count);
        return bias is null
            ? new Embedding(source, axis, count, size, table)
            : new Embedding(source, axis, count, size, table, source.Parameter("biases", bias, size));
    }
}
