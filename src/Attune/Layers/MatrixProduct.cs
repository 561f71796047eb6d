using System.Numerics;
using Attune.Arrays;
using Attune.Graph;
using Attune.Kernels;

namespace Attune.Layers;

/// <summary>Core ML's <c>batchedMatmul</c> of two inputs: y = op(a)·op(b) for matrices in the last two axes.</summary>
/// <remarks>
/// Shapes: a is […×M×K], or […×K×M] if transposed; b is […×K×P], or […×P×K]; y is […×M×P]. Leading axes are equal or 1. A vector
/// counts as one row for a and as one column for b.
/// </remarks>
internal sealed class MatrixProduct(string name, bool transposeA, bool transposeB) : Layer(name, "batchedMatmul")
{
    public override LayerArity Arity => new(2, 2, 1, 1);

    public override bool HasGradient => true;

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        if (inputs[0].Rank == 0 || inputs[1].Rank == 0)
            throw Refuse("matrices", $"{inputs[0]} and {inputs[1]}");
        Shape a = AsMatrix(inputs[0], isFirst: true);
        Shape b = AsMatrix(inputs[1], isFirst: false);
        Sizes sizes = SizesOf(a, b);
        if (sizes.Inner != b[transposeB ? -1 : -2])
            throw Refuse("matrices whose inner sizes are equal", $"{inputs[0]} and {inputs[1]}");
        Shape stack = CommonShape.Of(Leading(a), Leading(b))
            ?? throw Refuse("matrices whose leading axes are equal or 1", $"{inputs[0]} and {inputs[1]}");
        return
        [
            Shape.TryOf([.. stack.Dimensions, sizes.Rows, sizes.Columns], out Shape? shape)
                ? shape
                : throw Refuse("matrices whose product fits memory", $"{inputs[0]} and {inputs[1]}"),
        ];
    }

    public override void Forward<T>(LayerRun<T> run) => Each<T, Product>(run);

    public override void Backward<T>(LayerRun<T> run)
    {
        if (run.WantsInputGradient(0))
            Each<T, GradientOfFirst>(run);
        if (run.WantsInputGradient(1))
            Each<T, GradientOfSecond>(run);
    }

    private void Each<T, TStep>(LayerRun<T> run)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IStep
    {
        Shape a = AsMatrix(run.InputShape(0), isFirst: true);
        Shape b = AsMatrix(run.InputShape(1), isFirst: false);
        Sizes sizes = SizesOf(a, b);
        int count = run.Output(0).Length / Math.Max(1, sizes.Rows * sizes.Columns);
        Shape stack = Leading(run.OutputShape(0));
        for (int i = 0; i < count; i++)
            TStep.Run(run, sizes, i, PlaceOf(a, stack, i), PlaceOf(b, stack, i));
    }

    /// <summary>Which matrix of an input belongs to matrix <paramref name="index"/> of the output.</summary>
    private static int PlaceOf(Shape matrices, Shape stack, int index)
    {
        int place = 0;
        int step = 1;
        for (int axis = 1; axis <= stack.Rank; axis++)
        {
            int size = axis + 2 <= matrices.Rank ? matrices[-axis - 2] : 1;
            if (size != 1)
                place += index % stack[-axis] * step;
            step *= size;
            index /= stack[-axis];
        }
        return place + index * step;
    }

    private Sizes SizesOf(Shape a, Shape b) => new(
        a[transposeA ? -1 : -2], b[transposeB ? -2 : -1], a[transposeA ? -2 : -1], a[-1], b[-1], transposeA, transposeB);

    private static Shape AsMatrix(Shape shape, bool isFirst) => shape.Rank > 1
        ? shape
        : isFirst ? Shape.Of(1, shape[0]) : Shape.Of(shape[0], 1);

    private static Shape Leading(Shape matrices) => Shape.Of(matrices.Dimensions[..^2]);

    private readonly record struct Sizes(
        int Rows, int Columns, int Inner, int StrideA, int StrideB, bool TransposeA, bool TransposeB)
    {
        public int CountA => Rows * Inner;

        public int CountB => Inner * Columns;

        public int CountY => Rows * Columns;
    }

    /// <summary>What happens to one matrix of the output and those of the inputs.</summary>
    private interface IStep
    {
        static abstract void Run<T>(LayerRun<T> run, Sizes sizes, int y, int a, int b) where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private readonly struct Product : IStep
    {
        public static void Run<T>(LayerRun<T> run, Sizes sizes, int y, int a, int b)
            where T : unmanaged, IFloatingPointIeee754<T> => Gemm.Multiply(
            run.Workers, sizes.TransposeA, sizes.TransposeB, sizes.Rows, sizes.Columns, sizes.Inner,
            run.Input(0).Slice(a * sizes.CountA, sizes.CountA), sizes.StrideA,
            run.Input(1).Slice(b * sizes.CountB, sizes.CountB), sizes.StrideB,
            run.Output(0).Slice(y * sizes.CountY, sizes.CountY), sizes.Columns, accumulate: false);
    }

    /// <summary>da = dy·op(b)ᵀ, or its transpose op(b)·dyᵀ where a is kept transposed.</summary>
    private readonly struct GradientOfFirst : IStep
    {
        public static void Run<T>(LayerRun<T> run, Sizes sizes, int y, int a, int b)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ReadOnlySpan<T> dy = run.OutputGradient(0).Slice(y * sizes.CountY, sizes.CountY);
            ReadOnlySpan<T> second = run.Input(1).Slice(b * sizes.CountB, sizes.CountB);
            Span<T> da = run.InputGradient(0).Slice(a * sizes.CountA, sizes.CountA);
            if (sizes.TransposeA)
                Gemm.Multiply(
                    run.Workers, sizes.TransposeB, true, sizes.Inner, sizes.Rows, sizes.Columns,
                    second, sizes.StrideB, dy, sizes.Columns, da, sizes.StrideA, accumulate: true);
            else
                Gemm.Multiply(
                    run.Workers, false, !sizes.TransposeB, sizes.Rows, sizes.Inner, sizes.Columns,
                    dy, sizes.Columns, second, sizes.StrideB, da, sizes.StrideA, accumulate: true);
        }
    }

    /// <summary>db = op(a)ᵀ·dy, or its transpose dyᵀ·op(a) where b is kept transposed.</summary>
    private readonly struct GradientOfSecond : IStep
    {
        public static void Run<T>(LayerRun<T> run, Sizes sizes, int y, int a, int b)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ReadOnlySpan<T> dy = run.OutputGradient(0).Slice(y * sizes.CountY, sizes.CountY);
            ReadOnlySpan<T> first = run.Input(0).Slice(a * sizes.CountA, sizes.CountA);
            Span<T> db = run.InputGradient(1).Slice(b * sizes.CountB, sizes.CountB);
            if (sizes.TransposeB)
                Gemm.Multiply(
                    run.Workers, true, sizes.TransposeA, sizes.Columns, sizes.Inner, sizes.Rows,
                    dy, sizes.Columns, first, sizes.StrideA, db, sizes.StrideB, accumulate: true);
            else
                Gemm.Multiply(
                    run.Workers, !sizes.TransposeA, false, sizes.Inner, sizes.Columns, sizes.Rows,
                    first, sizes.StrideA, dy, sizes.Columns, db, sizes.StrideB, accumulate: true);
        }
    }
}
