using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

public class RowDistancesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(130)]
    public void Every_width_is_within_the_stated_error_and_rows_do_not_depend_on_their_neighbours(int length)
    {
        const int Rows = 11;
        float[] rows = Numbers.Random(Rows * length, seed: 1);
        float[] point = Numbers.Random(length, seed: 2);

        foreach (VectorWidth width in Numbers.Widths)
        {
            var together = new float[Rows];
            RowDistances.Squared(Workers.Single, width, rows, point, together);
            for (int row = 0; row < Rows; row++)
            {
                Span<float> own = rows.AsSpan(row * length, length);
                var alone = new float[1];
                RowDistances.Squared(Workers.Single, width, own, point, alone);
                double exact = DoubleSums.SquaredDistance(own, point);

                Assert.Equal(alone[0], together[row]);
                Assert.InRange(Math.Abs(alone[0] - exact), 0, exact * RowDistances.RelativeError(length));
            }
        }
    }

    [Fact]
    public void Rows_that_are_not_there_are_refused()
    {
        Assert.Throws<ArgumentException>(
            () => RowDistances.Squared(Workers.Single, new float[5], new float[2], new float[3]));
        Assert.Throws<ArgumentException>(() => RowDistances.Squared(Workers.Single, [], [], new float[3]));
    }

    [Fact]
    public void The_kth_smallest_is_found_among_values_of_all_kinds()
    {
        float[] values = [.. Numbers.Random(1003, seed: 7).Select(MathF.Abs), float.NaN, float.PositiveInfinity];
        float[] sorted = [.. values.Where(value => !float.IsNaN(value)).Order()];

        foreach (int k in new[] { 1, 2, 8, 500, 1003 })
            Assert.Equal(sorted[k - 1], SmallestValues.Kth(values, k, new float[k]));
        Assert.Equal(float.PositiveInfinity, SmallestValues.Kth(values, 2000, new float[2000]));
    }
}
