using Attune.Kernels;

namespace Attune.Tests.Kernels;

/// <summary>Broadcast, Permute and AxisCopy against index arithmetic.</summary>
public class ShapeKernelsTests
{
    public static TheoryData<int[], int[], int[]> Stretched => new()
    {
        { new[] { 4, 3 }, new[] { 4, 3 }, new[] { 4, 3 } },
        { new[] { 4, 3 }, new[] { 3 }, new[] { 4, 1 } },
        { new[] { 2, 3, 4, 5 }, new[] { 3, 1, 1 }, new[] { 2, 3, 4, 5 } },
        { new[] { 2, 3, 4, 5 }, new[] { 2, 1, 4, 1 }, new[] { 3, 1, 5 } },
        { new[] { 6 }, new[] { 1 }, new[] { 1 } },
        { Array.Empty<int>(), Array.Empty<int>(), Array.Empty<int>() },
        { new[] { 2, 0, 3 }, new[] { 1, 3 }, new[] { 2, 0, 3 } },
        { new[] { 1, 2, 1, 2, 1, 2, 1, 3 }, new[] { 2, 1, 2, 1, 1 }, new[] { 3 } },
        { new[] { 2, 2, 3 }, new[] { 1, 1, 1 }, new[] { 2, 1, 3 } },
    };

    private static int Count(int[] shape) => shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Where element <paramref name="index"/> of the stretched array comes from.</summary>
    private static int Source(int[] shape, int[] operand, int index)
    {
        int source = 0, stride = 1;
        for (int back = 1; back <= shape.Length; back++)
        {
            int at = index % shape[^back];
            index /= shape[^back];
            if (back > operand.Length)
                continue;
            source += operand[^back] == 1 ? 0 : at * stride;
            stride *= operand[^back];
        }
        return source;
    }

    [Theory]
    [MemberData(nameof(Stretched))]
    public void Stretched_sums_and_products_agree_with_index_arithmetic(int[] shape, int[] shapeA, int[] shapeB)
    {
        int count = Count(shape);
        float[] a = Numbers.Random(Count(shapeA), 1), b = Numbers.Random(Count(shapeB), 2),
            dy = Numbers.Random(count, 3);
        float[] sum = new float[count], product = new float[count], da = new float[a.Length], dp = new float[a.Length];
        double[] expectedDa = new double[a.Length], expectedDp = new double[a.Length];
        for (int i = 0; i < count; i++)
        {
            expectedDa[Source(shape, shapeA, i)] += dy[i];
            expectedDp[Source(shape, shapeA, i)] += (double)dy[i] * b[Source(shape, shapeB, i)];
        }

        Broadcast.Add<float>(shape, a, shapeA, b, shapeB, sum);
        Broadcast.Multiply<float>(shape, a, shapeA, b, shapeB, product);
        Broadcast.AddReduced<float>(shape, dy, shapeA, da);
        Broadcast.AddReducedProduct<float>(shape, dy, b, shapeB, shapeA, dp);

        for (int i = 0; i < count; i++)
        {
            Assert.Equal(a[Source(shape, shapeA, i)] + b[Source(shape, shapeB, i)], sum[i]);
            Assert.Equal(a[Source(shape, shapeA, i)] * b[Source(shape, shapeB, i)], product[i]);
        }
        // float32, sums of at most 60 terms
        Numbers.AssertClose(expectedDa, da, 1e-5);
        Numbers.AssertClose(expectedDp, dp, 1e-5);
    }

    [Fact]
    public void Shapes_that_do_not_stretch_are_refused()
    {
        float[] x = new float[12];

        Assert.Throws<ArgumentException>(() => Broadcast.Add<float>([4, 3], x, [4], x, [3], x));
        Assert.Throws<ArgumentException>(() => Broadcast.Add<float>([4, 4], x, [4, 4], x, [4], new float[16]));
        Assert.Throws<ArgumentException>(() => Broadcast.Add<float>([2, 6], x, [1, 2, 6], x, [6], x));
    }

    public static TheoryData<int[], int[]> Permutations => new()
    {
        { Array.Empty<int>(), Array.Empty<int>() },
        { new[] { 5 }, new[] { 0 } },
        { new[] { 3, 4 }, new[] { 1, 0 } },
        { new[] { 40, 33 }, new[] { 1, 0 } },
        { new[] { 2, 3, 4, 5 }, new[] { 0, 2, 3, 1 } },
        { new[] { 2, 3, 4, 5 }, new[] { 0, 1, 2, 3 } },
        { new[] { 2, 3, 4, 5 }, new[] { 1, 0, 2, 3 } },
        { new[] { 2, 1, 3, 2, 1, 2, 3, 2 }, new[] { 7, 5, 0, 1, 6, 4, 3, 2 } },
        { new[] { 2, 0, 3 }, new[] { 2, 1, 0 } },
    };

    [Theory]
    [MemberData(nameof(Permutations))]
    public void Permuting_agrees_with_index_arithmetic(int[] shape, int[] axes)
    {
        int count = Count(shape);
        float[] x = Numbers.Random(count, 1), y = new float[count], back = new float[count];

        Permute.Forward<float>(shape, axes, x, y);
        Permute.AddInputGradient<float>(shape, axes, y, back);

        Assert.Equal(x, back);
        int[] at = new int[shape.Length];
        for (int i = 0; i < count; i++)
        {
            // the coordinates of element i of y, put where they belong in x
            int rest = i;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                at[axes[axis]] = rest % shape[axes[axis]];
                rest /= shape[axes[axis]];
            }
            int source = 0;
            for (int axis = 0; axis < shape.Length; axis++)
                source = source * shape[axis] + at[axis];
            Assert.Equal(x[source], y[i]);
        }
    }

    [Fact]
    public void Axes_that_repeat_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Permute.Forward<float>([2, 2], [0, 0], new float[4], new float[4]));
        Assert.Throws<ArgumentException>(() => Permute.Forward<float>([2, 2], [0], new float[4], new float[4]));
    }

    [Fact]
    public void Parts_along_an_axis_go_in_and_come_out()
    {
        // two slabs of 3 rows of 2, rows 1 and 2 of each
        float[] whole = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15], part = new float[8];

        AxisCopy.Extract<float>(2, 3, 2, 2, 1, whole, part);
        Assert.Equal([2, 3, 4, 5, 12, 13, 14, 15], part);

        AxisCopy.AddInserted<float>(2, 3, 2, 2, 0, part, whole);
        Assert.Equal([2, 4, 6, 8, 4, 5, 22, 24, 26, 28, 14, 15], whole);

        AxisCopy.Insert<float>(2, 3, 2, 2, 1, part, whole);
        Assert.Equal([2, 4, 2, 3, 4, 5, 22, 24, 12, 13, 14, 15], whole);

        AxisCopy.AddExtracted<float>(2, 3, 2, 2, 0, whole, part);
        Assert.Equal([4, 7, 6, 8, 34, 37, 26, 28], part);
        Assert.Throws<ArgumentException>(() => AxisCopy.Extract<float>(2, 3, 2, 2, 2, whole, part));
    }
}
