using System.Buffers;
using System.Numerics;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>max</c>, <c>maxBroadcastable</c>, <c>min</c> and <c>minBroadcastable</c>: the largest or smallest of
/// the inputs, element by element. The gradient goes to the first input that has it.
/// </summary>
/// <remarks>Shapes: inputs are equal or 1 along each axis; y is as large as the largest along each.</remarks>
internal sealed class Extremum(string name, string kind, bool isLargest)
    : Elementwise(name, kind, kind.Length == 3 ? 1 : 2, kind.Length == 3 ? int.MaxValue : 2)
{
    public static Extremum Read(LayerSource source) =>
        new Extremum(source.Name, source.Kind, source.Kind.StartsWith("max", StringComparison.Ordinal));

    public override void Forward<T>(LayerRun<T> run)
    {
        if (isLargest)
            CombineAll<T, Larger>(run);
        else
            CombineAll<T, Smaller>(run);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        // What is left of dy once the inputs before this one took theirs.
        Span<T> left = RentGradient(run, out T[] rented);
        for (int i = 0; i < run.InputCount; i++)
            Take(
                Under(run, i),
                run.Input(i),
                run.Output(0),
                left,
                run.WantsInputGradient(i) ? run.InputGradient(i) : []);
        ArrayPool<T>.Shared.Return(rented);
    }

    private static void Take<T>(RunWalk walk, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> left, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        while (walk.MoveNext())
            for (int i = 0; i < walk.Length; i++)
            {
                int whole = walk.Dense + i;
                int part = walk.Other + i * walk.Stride;
                if (x[part] != y[whole])
                    continue;
                if (!dx.IsEmpty)
                    dx[part] += left[whole];
                left[whole] = T.Zero;
            }
    }
}
