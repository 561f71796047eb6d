using System.Numerics;
using Attune.Arrays;
using Attune.Graph;
using Attune.Kernels;

namespace Attune.Layers;

/// <summary>Core ML's <c>batchedMatmul</c> of two inputs: y = op(a)·op(b) for matrices in the last two axes.</summary>
/// <remarks>
/// Shapes: a is […×M×K], or […×K×M] if transposed; b is […×K×P], or […×P×K]; y is […×M×P]. Leading axes are equal or
/// 1. A vector counts as one row for a and as one column for b.
/// </remarks>
internal sealed class MatrixProduct(string name, bool transposeA, bool transposeB) : Layer(name, "batchedMatmul")
{
    public override LayerArity Arity => new(2, 2, 1, 1);

    public override bool HasGradient => true;

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape a = inputs[0];
        Shape b = inputs[1];
        if (a.Rank == 0 || b.Rank == 0)
            throw Refuse("matrices", $"{a} and {b}");
        Sizes sizes = SizesOf(a, b);
        if (sizes.Inner != SizeOf(b, transposeB ? 1 : 2, isFirst: false))
            throw Refuse("matrices whose inner sizes are equal", $"{a} and {b}");
        Shape stack = CommonShape.Of(Leading(a), Leading(b))
            ?? throw Refuse("matrices whose leading axes are equal or 1", $"{a} and {b}");
        return
        [
            Shape.TryOf([.. stack.Dimensions, sizes.Rows, sizes.Columns], out Shape? shape)
                ? shape
                : throw Refuse("matrices whose product fits memory", $"{a} and {b}"),
        ];
    }

    public override long MultiplyAdds(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
        (long)outputs[0].Count * SizesOf(inputs[0], inputs[1]).Inner;

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
        Shape a = run.InputShape(0);
        Shape b = run.InputShape(1);
        Shape y = run.OutputShape(0);
        Sizes sizes = SizesOf(a, b);
        int count = run.Batch * y.CountOf(0, y.Rank - 2);
        for (int i = 0; i < count; i++)
            TStep.Run(run, sizes, i, PlaceOf(a, isFirst: true, y, i), PlaceOf(b, isFirst: false, y, i));
    }

    /// <summary>Which matrix of an input belongs to matrix <paramref name="index"/> of the output.</summary>
    private static int PlaceOf(Shape matrices, bool isFirst, Shape output, int index)
    {
        int place = 0;
        int step = 1;
        for (int axis = 3; axis <= output.Rank; axis++)
        {
            int size = SizeOf(matrices, axis, isFirst);
            if (size != 1)
                place += index % output[-axis] * step;
            step *= size;
            index /= output[-axis];
        }
        return place + index * step;
    }

    /// <summary>The size of an axis counted from the innermost, 1, which may lie outside the shape.</summary>
    private static int SizeOf(Shape shape, int axis, bool isFirst)
    {
        // A vector is a row on the left and a column on the right.
        if (shape.Rank == 1 && !isFirst)
            return axis == 2 ? shape[0] : 1;
        return axis <= shape.Rank ? shape[-axis] : 1;
    }

    private static Shape Leading(Shape matrices) => Shape.Of(matrices.Dimensions[..Math.Max(0, matrices.Rank - 2)]);

    private Sizes SizesOf(Shape a, Shape b) => new(
        SizeOf(a, transposeA ? 1 : 2, isFirst: true),
        SizeOf(b, transposeB ? 2 : 1, isFirst: false),
        SizeOf(a, transposeA ? 2 : 1, isFirst: true),
        SizeOf(a, 1, isFirst: true),
        SizeOf(b, 1, isFirst: false),
        transposeA,
        transposeB);

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
        static abstract void Run<T>(LayerRun<T> run, Sizes sizes, int y, int a, int b)
            where T : unmanaged, IFloatingPointIeee754<T>;
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
