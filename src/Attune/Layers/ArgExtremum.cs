using System.Numerics;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>argMax</c> and <c>argMin</c>: where along an axis the largest or smallest is; the first of
/// equal ones.</summary>
/// <remarks>Shapes: y has size 1 along the axis, or is without it; if none is left, y is [1].</remarks>
internal sealed class ArgExtremum(string name, string kind, bool isLargest, long axis, bool removes) : Layer(name, kind)
{
    public static ArgExtremum Read(LayerSource source)
    {
        NeuralNetworkLayer layer = source.Specification;
        return layer.ArgMax is { } largest
            ? new ArgExtremum(source.Name, source.Kind, true, largest.Axis, largest.RemoveDim)
            : new ArgExtremum(source.Name, source.Kind, false, layer.ArgMin.Axis, layer.ArgMin.RemoveDim);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        int along = Axis.Resolve(axis, input.Rank);
        if (along < 0 || input[along] == 0)
            throw Refuse($"an input that has elements along axis {axis}", $"{input}");
        ReadOnlySpan<int> sizes = input.Dimensions;
        if (removes)
            return [input.Rank == 1 ? Shape.Of(1) : Shape.Of([.. sizes[..along], .. sizes[(along + 1)..]])];
        return [Shape.Of([.. sizes[..along], 1, .. sizes[(along + 1)..]])];
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        Shape input = run.InputShape(0);
        int along = Axis.Resolve(axis, input.Rank);
        int inner = input.CountOf(along + 1, input.Rank);
        ReadOnlySpan<T> x = run.Input(0);
        Span<T> y = run.Output(0);
        for (int i = 0; i < y.Length; i++)
            y[i] = T.CreateTruncating(Best(x[(i / inner * input[along] * inner + i % inner)..], input[along], inner));
    }

    private int Best<T>(ReadOnlySpan<T> x, int count, int stride) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int best = 0;
        for (int i = 1; i < count; i++)
            if (isLargest ? x[i * stride] > x[best * stride] : x[i * stride] < x[best * stride])
                best = i;
        return best;
    }
}
