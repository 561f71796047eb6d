using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Attune.Tests.Arrays;

public sealed class MLMultiArrayTests
{
    [Fact]
    public void A_new_array_is_zero_and_stands_in_C_order()
    {
        var array = new MLMultiArray([2, 3, 4], MLMultiArrayDataType.Double);

        Assert.Equal([2, 3, 4], array.Shape);
        Assert.Equal([12, 4, 1], array.Strides);
        Assert.Equal(24, array.Count);
        Assert.True(array.IsContiguous);
        Assert.All(array.AsSpan<double>().ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void An_array_over_memory_aliases_it()
    {
        float[] data = [1, 2, 3, 4, 5, 6];
        var array = new MLMultiArray(data, 2, 3);

        data[4] = 50;
        array[1, 2] = 60;

        Assert.Equal(50, array[1, 1]);
        Assert.Equal(60, data[5]);
    }

    [Fact]
    public void Memory_of_each_element_type_gives_its_data_type()
    {
        Assert.Equal(MLMultiArrayDataType.Float32, new MLMultiArray(new float[2]).DataType);
        Assert.Equal(MLMultiArrayDataType.Double, new MLMultiArray(new double[2]).DataType);
        Assert.Equal(MLMultiArrayDataType.Float16, new MLMultiArray(new Half[2]).DataType);
        Assert.Equal(MLMultiArrayDataType.Int32, new MLMultiArray(new int[2]).DataType);
        Assert.Equal(MLMultiArrayDataType.Int8, new MLMultiArray(new sbyte[2]).DataType);
        Assert.Equal([2], new MLMultiArray(new sbyte[2]).Shape);
    }

    [Fact]
    public void A_linear_index_runs_in_C_order_whatever_the_strides()
    {
        // The transpose of [[1, 2, 3], [4, 5, 6]].
        var array = MLMultiArray.Wrap<int>(new[] { 1, 2, 3, 4, 5, 6 }, [3, 2], [1, 3]);

        Assert.Equal([1, 4, 2, 5, 3, 6], Enumerable.Range(0, 6).Select(i => (int)array[i]));
        Assert.False(array.IsContiguous);
    }

    [Theory]
    [InlineData(MLMultiArrayDataType.Int32, 2.5, 2)]
    [InlineData(MLMultiArrayDataType.Int32, 3.5, 4)]
    [InlineData(MLMultiArrayDataType.Int32, 1e12, int.MaxValue)]
    [InlineData(MLMultiArrayDataType.Int8, -1000, -128)]
    [InlineData(MLMultiArrayDataType.Int8, double.NaN, 0)]
    [InlineData(MLMultiArrayDataType.Float16, 1.0001, 1)]
    [InlineData(MLMultiArrayDataType.Float16, 1e6, double.PositiveInfinity)]
    [InlineData(MLMultiArrayDataType.Double, 0.1, 0.1)]
    public void Written_values_are_rounded_to_what_the_type_holds(
        MLMultiArrayDataType type, double value, double expected)
    {
        var array = new MLMultiArray([1], type) { [0] = value };
        var transferred = new MLMultiArray([1], type);
        new MLMultiArray(new[] { value }).TransferTo(transferred);

        Assert.Equal(expected, array[0]);
        Assert.Equal(expected, transferred[0]);
    }

    /// <summary>
    /// Up to four axes of 0 to 4, with gaps of 0 to 2 elements between neighbours, in any order of axes.
    /// </summary>
    private static Arbitrary<(int[] Shape, int[] Strides, int Length)> Layouts() =>
        ArbMap.Default.GeneratorFor<uint>().Select(seed =>
        {
            var random = new Random((int)(seed & int.MaxValue));
            int[] shape = [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(0, 12) / 2 % 5)];
            int[] strides = new int[shape.Length];
            int stride = 1;
            foreach (int axis in Enumerable.Range(0, shape.Length).OrderBy(_ => random.Next()))
            {
                strides[axis] = stride + random.Next(0, 3);
                stride = strides[axis] * Math.Max(1, shape[axis]);
            }
            return (shape, strides, stride + 1);
        }).ToArbitrary();

    [Property(MaxTest = 300)]
    public Property What_is_written_through_any_strides_is_read_back() => Prop.ForAll(Layouts(), layout =>
    {
        double[] memory = new double[layout.Length];
        var array = MLMultiArray.Wrap<double>(memory, layout.Shape, layout.Strides);

        for (int i = 0; i < array.Count; i++)
            array[i] = i + 1;
        int[] position = new int[layout.Shape.Length];
        for (int i = 0; i < array.Count; i++)
        {
            Assert.Equal(i + 1, array[position]);
            Next(position, layout.Shape);
        }
        Assert.Equal(array.Count, memory.Count(value => value != 0));
    });

    [Property(MaxTest = 300)]
    public Property Float_copies_run_in_C_order_through_any_strides() => Prop.ForAll(Layouts(), layout =>
    {
        var array = MLMultiArray.Wrap<Half>(new Half[layout.Length], layout.Shape, layout.Strides);
        float[] values = [.. Enumerable.Range(1, array.Count).Select(i => (float)i)];
        float[] copy = new float[array.Count];

        array.CopyFrom(values);
        array.CopyTo(copy);

        Assert.Equal(values, copy);
        Assert.Equal(values, Enumerable.Range(0, array.Count).Select(i => (float)array[i]));
    });

    [Property(MaxTest = 100)]
    public Property A_transfer_keeps_every_element_between_any_layouts() => Prop.ForAll(Layouts(), layout =>
    {
        var source = MLMultiArray.Wrap<int>(new int[layout.Length], layout.Shape, layout.Strides);
        for (int i = 0; i < source.Count; i++)
            source[i] = i;
        var destination = new MLMultiArray(layout.Shape, MLMultiArrayDataType.Float32);
        var back = MLMultiArray.Wrap<int>(new int[layout.Length], layout.Shape, layout.Strides);

        source.TransferTo(destination);
        destination.TransferTo(back);

        Assert.True(back.HasSameContent(source));
    });

    [Fact]
    public void A_transfer_of_many_elements_through_strides_keeps_their_order()
    {
        // More than one piece of the conversion: 60 x 50 elements, transposed.
        int[] memory = [.. Enumerable.Range(0, 3000)];
        var transposed = MLMultiArray.Wrap<int>(memory, [50, 60], [1, 50]);
        var copy = new MLMultiArray([50, 60], MLMultiArrayDataType.Double);

        transposed.TransferTo(copy);

        for (int row = 0; row < 50; row++)
            for (int column = 0; column < 60; column++)
                Assert.Equal(column * 50 + row, copy[row, column]);
    }

    [Fact]
    public void A_transpose_in_place_reads_before_it_writes()
    {
        float[] data = [1, 2, 3, 4];
        var square = new MLMultiArray(data, 2, 2);

        MLMultiArray.Wrap<float>(data, [2, 2], [1, 2]).TransferTo(square);

        Assert.Equal([1, 3, 2, 4], data);
    }

    [Fact]
    public void Concat_joins_along_an_axis_and_converts()
    {
        var left = new MLMultiArray(new[] { 1, 2, 3, 4 }, 2, 2);
        var right = new MLMultiArray(new[] { 5.5f, 6.5f }, 2, 1);

        MLMultiArray joined = MLMultiArray.Concat([left, right], 1, MLMultiArrayDataType.Double);
        MLMultiArray fromTheEnd = MLMultiArray.Concat([left, right], -1, MLMultiArrayDataType.Double);

        Assert.Equal([2, 3], joined.Shape);
        Assert.Equal([1, 2, 5.5, 3, 4, 6.5], joined.AsSpan<double>().ToArray());
        Assert.True(joined.HasSameContent(fromTheEnd));
    }

    [Fact]
    public void Concat_takes_empty_arrays()
    {
        var empty = new MLMultiArray([2, 0], MLMultiArrayDataType.Int32);
        var one = new MLMultiArray(new[] { 7, 8 }, 2, 1);

        MLMultiArray joined = MLMultiArray.Concat([one, empty], 1, MLMultiArrayDataType.Int32);

        Assert.Equal([7, 8], joined.AsSpan<int>().ToArray());
    }

    [Fact]
    public void Concat_refuses_arrays_that_do_not_fit_together()
    {
        var two = new MLMultiArray([2, 2], MLMultiArrayDataType.Int32);
        var three = new MLMultiArray([3, 2], MLMultiArrayDataType.Int32);

        Assert.Throws<ArgumentException>(() => MLMultiArray.Concat([], 0, MLMultiArrayDataType.Int32));
        Assert.Throws<ArgumentException>(() => MLMultiArray.Concat([two, three], 1, MLMultiArrayDataType.Int32));
        Assert.Throws<ArgumentOutOfRangeException>(() => MLMultiArray.Concat([two], 2, MLMultiArrayDataType.Int32));
    }

    [Fact]
    public void Sizes_that_no_memory_holds_are_refused_before_it_is_asked_for()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLMultiArray([65536, 65536], MLMultiArrayDataType.Int8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLMultiArray([int.MaxValue], MLMultiArrayDataType.Int8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLMultiArray([-1], MLMultiArrayDataType.Int8));
        Assert.Throws<ArgumentException>(() => new MLMultiArray(new int[33], MLMultiArrayDataType.Int8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLMultiArray([1], (MLMultiArrayDataType)7));
    }

    [Fact]
    public void Strides_that_reach_beyond_the_memory_are_refused()
    {
        float[] memory = new float[6];

        _ = MLMultiArray.Wrap<float>(memory, [2, 3], [3, 1]);
        Assert.Throws<ArgumentException>(() => MLMultiArray.Wrap<float>(memory, [2, 3], [4, 1]));
        Assert.Throws<ArgumentException>(() => MLMultiArray.Wrap<float>(memory, [2, 3], [3, -1]));
        Assert.Throws<ArgumentException>(() => MLMultiArray.Wrap<float>(memory, [2, 3], [3]));
        Assert.Throws<ArgumentException>(() => MLMultiArray.Wrap<long>(new long[6], [2, 3], [3, 1]));
        int far = int.MaxValue;
        Assert.Throws<ArgumentException>(
            () => MLMultiArray.Wrap<float>(memory, [2, 2, 2, 2, 2, 2], [far, far, far, far, far, far]));
    }

    [Fact]
    public void Data_of_another_length_than_the_shape_is_refused() =>
        Assert.Throws<ArgumentException>(() => new MLMultiArray(new float[5], 2, 3));

    [Fact]
    public void Indices_outside_the_shape_are_refused()
    {
        var array = new MLMultiArray([2, 3], MLMultiArrayDataType.Float32);

        Assert.Throws<ArgumentOutOfRangeException>(() => array[6]);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[0, 3]);
        Assert.Throws<ArgumentException>(() => array[0, 0, 0]);
    }

    [Fact]
    public void A_span_is_refused_for_another_type_and_for_gaps()
    {
        var array = MLMultiArray.Wrap<float>(new float[10], [2, 2], [5, 1]);

        Assert.Throws<InvalidOperationException>(() => array.AsSpan<double>().Length);
        Assert.Throws<InvalidOperationException>(() => array.AsSpan<float>().Length);
    }

    [Fact]
    public void Same_content_counts_type_shape_and_elements_but_not_strides()
    {
        var rows = new MLMultiArray(new[] { 1f, float.NaN, 3, 4 }, 2, 2);
        var wrapped = MLMultiArray.Wrap<float>(new[] { 1, 3, float.NaN, 4 }, [2, 2], [1, 2]);

        Assert.True(rows.HasSameContent(wrapped));
        Assert.False(rows.HasSameContent(new MLMultiArray(new[] { 1f, float.NaN, 3, 4 }, 4)));
        Assert.False(rows.HasSameContent(new MLMultiArray(new[] { 1, double.NaN, 3, 4 }, 2, 2)));
    }

    private static void Next(int[] position, int[] shape)
    {
        for (int axis = shape.Length - 1; axis >= 0 && ++position[axis] == shape[axis]; axis--)
            position[axis] = 0;
    }
}
