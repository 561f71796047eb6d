using System.Buffers;
using System.Numerics;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// What layers have in common that combine inputs element by element, repeating the smaller ones along axes of size 1.
/// </summary>
/// <remarks>
/// Core ML's older layers allow a few of these shapes only ([B×C×1×1] with [B×C×H×W] and the like); the general rule
/// holds them all: axes are matched from the innermost, and each is as large as the largest or 1.
/// </remarks>
internal abstract class Elementwise(string name, string kind, int leastInputs, int mostInputs) : Layer(name, kind)
{
    public override LayerArity Arity => new(leastInputs, mostInputs, 1, 1);

    public override bool HasGradient => true;

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape whole = inputs[0];
        foreach (Shape input in inputs[1..])
            whole = CommonShape.Of(whole, input) ?? throw Refuse(
                "inputs of shapes that are equal or 1 along every axis",
                string.Join(" and ", inputs.ToArray().AsEnumerable()));
        return [whole];
    }

    /// <summary>How the elements of input <paramref name="index"/> lie under those of the output.</summary>
    protected static RunWalk Under<T>(LayerRun<T> run, int index) where T : unmanaged, IFloatingPointIeee754<T> =>
        RunWalk.Repeating(run.OutputShape(0), run.InputShape(index), run.Batch, partHasBatch: true);

    /// <summary>y = x0 ∘ x1 ∘ x2 …</summary>
    protected static void CombineAll<T, TOperator>(LayerRun<T> run)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IBinaryOperator
    {
        Strided.Copy(Under(run, 0), run.Input(0), run.Output(0));
        for (int i = 1; i < run.InputCount; i++)
            Strided.Combine<T, TOperator>(Under(run, i), run.Output(0), run.Input(i));
    }

    /// <summary>The gradient of the output, in rented memory that the caller may change and returns.</summary>
    protected static Span<T> RentGradient<T>(LayerRun<T> run, out T[] rented)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        rented = ArrayPool<T>.Shared.Rent(dy.Length);
        dy.CopyTo(rented);
        return rented.AsSpan(0, dy.Length);
    }
}
