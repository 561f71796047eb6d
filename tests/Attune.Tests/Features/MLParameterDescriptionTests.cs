namespace Attune.Tests.Features;

public sealed class MLParameterDescriptionTests
{
    [Fact]
    public void Plain_numbers_serve_as_the_parameters_own_type()
    {
        var rate = new MLParameterDescription(MLParameterKey.LearningRate, 0.01);
        var epochs = new MLParameterDescription(MLParameterKey.Epochs, 10);

        Assert.Equal(1.0, rate.Accept(1));
        Assert.Equal(0.5, rate.Accept(0.5f));
        Assert.Equal(7L, epochs.Accept(7));
        Assert.Equal(10L, epochs.DefaultValue);
    }

    [Fact]
    public void Another_type_is_refused_by_name()
    {
        var epochs = new MLParameterDescription(MLParameterKey.Epochs, 10);

        var error = Assert.Throws<ArgumentException>(() => epochs.Accept(1.5));
        Assert.Equal("Parameter 'epochs' takes a value of type Int64; got Double.", error.Message);
        Assert.Throws<ArgumentException>(
            () => new MLParameterDescription(MLParameterKey.Shuffle, false).Accept(1));
        Assert.Throws<ArgumentException>(
            () => new MLParameterDescription(MLParameterKey.Weights, new MLMultiArray(new float[1])).Accept("w"));
    }

    [Fact]
    public void A_range_takes_both_ends()
    {
        var rate = new MLParameterDescription(MLParameterKey.LearningRate, 0.01, MLNumericConstraint.Range(0.0, 1.0));

        Assert.Equal(0.0, rate.Accept(0));
        Assert.Equal(1.0, rate.Accept(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => rate.Accept(1.0001));
        Assert.Throws<ArgumentOutOfRangeException>(() => rate.Accept(double.NaN));
        Assert.Equal((0, 1), (rate.NumericConstraint!.MinNumber, rate.NumericConstraint.MaxNumber));
        Assert.Null(rate.NumericConstraint.EnumeratedNumbers);
    }

    [Fact]
    public void A_set_takes_its_members()
    {
        var size = new MLParameterDescription(MLParameterKey.MiniBatchSize, 16, MLNumericConstraint.Set([32, 16, 32]));

        Assert.Equal(32L, size.Accept(32));
        Assert.Equal([16, 32], size.NumericConstraint!.EnumeratedNumbers!);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => size.Accept(20));
        Assert.StartsWith("Parameter 'miniBatchSize' takes 16 or 32; got 20.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Integers_beyond_a_doubles_precision_are_compared_exactly()
    {
        MLNumericConstraint range = MLNumericConstraint.Range(0, long.MaxValue - 1);

        Assert.True(range.IsAllowed(long.MaxValue - 1));
        Assert.False(range.IsAllowed(long.MaxValue));
        Assert.False(MLNumericConstraint.Set([]).IsAllowed(0));
    }
}
