using System.Buffers;
using System.Numerics;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>reduceSum</c>, <c>reduceMean</c>, <c>reduceProd</c>, <c>reduceLogSum</c>, <c>reduceSumSquare</c>,
/// <c>reduceL1</c>, <c>reduceL2</c>, <c>reduceMax</c>, <c>reduceMin</c> and <c>reduceLogSumExp</c>, and the older
/// <c>reduce</c>: one number of all that lie along some axes.
/// </summary>
/// <remarks>
/// Shapes: y has size 1 along these axes, or is without them; if none is left, y is [1]. No axes mean all. The gradient
/// of the largest or smallest is shared by those that are equal; that of a product is taken as 0 where x is 0.
/// </remarks>
internal sealed class Reduction(
    string name, string kind, ReductionKind function, bool keeps, float epsilon, params long[] axes)
    : Layer(name, kind)
{
    public override bool HasGradient => true;

    public static Reduction Read(LayerSource source) => ReductionFields.Read(source);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        bool[] marked = Marked(input)
            ?? throw Refuse($"an input that has the axes {string.Join(", ", axes)}, each once", $"{input}");
        var sizes = new List<int>();
        for (int axis = 0; axis < input.Rank; axis++)
            if (keeps || !marked[axis])
                sizes.Add(marked[axis] ? 1 : input[axis]);
        return [sizes.Count == 0 ? Shape.Of(1) : Shape.Of([.. sizes])];
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        Span<T> y = run.Output(0);
        switch (function)
        {
            case ReductionKind.Sum or ReductionKind.Mean or ReductionKind.LogSum:
                Fold<T, FoldSum>(run, T.Zero);
                break;
            case ReductionKind.Product:
                Fold<T, FoldProduct>(run, T.One);
                break;
            case ReductionKind.SumSquare or ReductionKind.L2:
                Fold<T, FoldSquare>(run, T.Zero);
                break;
            case ReductionKind.L1:
                Fold<T, FoldMagnitude>(run, T.Zero);
                break;
            case ReductionKind.Min:
                Fold<T, FoldMin>(run, T.PositiveInfinity);
                break;
            default:
                Fold<T, FoldMax>(run, T.NegativeInfinity);
                break;
        }
        Finish(run, y);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        ReadOnlySpan<T> x = run.Input(0);
        ReadOnlySpan<T> y = run.Output(0);
        Span<T> dx = run.InputGradient(0);
        T[] rented = ArrayPool<T>.Shared.Rent(y.Length);
        Span<T> dy = rented.AsSpan(0, y.Length);
        run.OutputGradient(0).CopyTo(dy);
        Share(run, dy);
        for (RunWalk walk = Walk(run); walk.MoveNext();)
            for (int i = 0, place = walk.Other; i < walk.Length; i++, place += walk.Stride)
                dx[walk.Dense + i] += dy[place] * Slope(x[walk.Dense + i], y[place]);
        ArrayPool<T>.Shared.Return(rented);
    }

    private void Fold<T, TFold>(LayerRun<T> run, T start)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFold : struct, IFold
    {
        ReadOnlySpan<T> x = run.Input(0);
        Span<T> y = run.Output(0);
        y.Fill(start);
        for (RunWalk walk = Walk(run); walk.MoveNext();)
            for (int i = 0, place = walk.Other; i < walk.Length; i++, place += walk.Stride)
                y[place] = TFold.Fold(y[place], x[walk.Dense + i]);
    }

    private void Finish<T>(LayerRun<T> run, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T count = T.CreateTruncating(run.Input(0).Length / Math.Max(1, y.Length));
        T e = T.CreateTruncating(epsilon);
        if (function == ReductionKind.LogSumExp)
            AddLogarithms(run, y);
        for (int i = 0; i < y.Length; i++)
            y[i] = function switch
            {
                ReductionKind.Mean => y[i] / count,
                ReductionKind.L2 => T.Sqrt(y[i]),
                ReductionKind.LogSum => T.Log(y[i] + e),
                _ => y[i],
            };
    }

    /// <summary>log Σ e^x = m + log Σ e^(x−m), where y is m, the largest.</summary>
    private void AddLogarithms<T>(LayerRun<T> run, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> x = run.Input(0);
        T[] rented = ArrayPool<T>.Shared.Rent(y.Length);
        Span<T> sums = rented.AsSpan(0, y.Length);
        sums.Clear();
        for (RunWalk walk = Walk(run); walk.MoveNext();)
            for (int i = 0, place = walk.Other; i < walk.Length; i++, place += walk.Stride)
                sums[place] += T.Exp(x[walk.Dense + i] - (T.IsFinite(y[place]) ? y[place] : T.Zero));
        for (int i = 0; i < y.Length; i++)
            y[i] = (T.IsFinite(y[i]) ? y[i] : T.Zero) + T.Log(sums[i]);
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>Divides dy by the number of elements that take part in it.</summary>
    private void Share<T>(LayerRun<T> run, Span<T> dy) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> x = run.Input(0);
        ReadOnlySpan<T> y = run.Output(0);
        if (function == ReductionKind.Mean)
            for (int i = 0; i < dy.Length; i++)
                dy[i] /= T.CreateTruncating(x.Length / y.Length);
        if (function is not (ReductionKind.Max or ReductionKind.Min))
            return;
        T[] rented = ArrayPool<T>.Shared.Rent(y.Length);
        Span<T> counts = rented.AsSpan(0, y.Length);
        counts.Clear();
        for (RunWalk walk = Walk(run); walk.MoveNext();)
            for (int i = 0, place = walk.Other; i < walk.Length; i++, place += walk.Stride)
                counts[place] += Slope(x[walk.Dense + i], y[place]);
        for (int i = 0; i < dy.Length; i++)
            dy[i] /= T.Max(counts[i], T.One);
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>dy/dx, but for what <see cref="Share{T}"/> divides by.</summary>
    private T Slope<T>(T x, T y) where T : unmanaged, IFloatingPointIeee754<T> => function switch
    {
        ReductionKind.Product => x == T.Zero ? T.Zero : y / x,
        ReductionKind.LogSum => T.Exp(-y),
        ReductionKind.SumSquare => x + x,
        ReductionKind.L1 => x > T.Zero ? T.One : x < T.Zero ? -T.One : T.Zero,
        ReductionKind.L2 => y == T.Zero ? T.Zero : x / y,
        ReductionKind.Max or ReductionKind.Min => x == y ? T.One : T.Zero,
        ReductionKind.LogSumExp => T.Exp(x - y),
        _ => T.One,
    };

    private bool[]? Marked(Shape input)
    {
        if (axes.Length > 0)
            return Axis.Marked(axes, input.Rank);
        var all = new bool[input.Rank];
        Array.Fill(all, true);
        return all;
    }

    private bool IsMarked(int axis, int rank)
    {
        foreach (long named in axes)
            if (Axis.Resolve(named, rank) == axis)
                return true;
        return axes.Length == 0;
    }

    /// <summary>Goes through x and follows the places of y.</summary>
    private RunWalk Walk<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape input = run.InputShape(0);
        var walk = new RunWalk();
        walk.Add(run.Batch, run.OutputShape(0).Count);
        int inner = run.OutputShape(0).Count;
        for (int axis = 0; axis < input.Rank; axis++)
        {
            bool reduces = IsMarked(axis, input.Rank);
            inner /= reduces ? 1 : Math.Max(1, input[axis]);
            walk.Add(input[axis], reduces ? 0 : inner);
        }
        return walk;
    }
}
