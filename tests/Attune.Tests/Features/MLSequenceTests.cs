namespace Attune.Tests.Features;

public sealed class MLSequenceTests
{
    [Fact]
    public void A_sequence_holds_one_kind()
    {
        var texts = MLSequence.FromStrings(["a", "b"]);
        var integers = MLSequence.FromInt64s([1, 2, 3]);

        Assert.Equal(["a", "b"], texts.StringValues);
        Assert.Empty(texts.Int64Values);
        Assert.Equal([1, 2, 3], integers.Int64Values);
        Assert.Empty(integers.StringValues);
    }

    [Fact]
    public void Empty_sequences_keep_their_kind()
    {
        Assert.Equal(MLSequence.Empty(MLFeatureType.String), MLSequence.FromStrings([]));
        Assert.NotEqual(MLSequence.Empty(MLFeatureType.String), MLSequence.Empty(MLFeatureType.Int64));
        Assert.Throws<ArgumentOutOfRangeException>(() => MLSequence.Empty(MLFeatureType.Double));
        Assert.Throws<ArgumentException>(() => MLSequence.FromStrings([null!]));
    }

    [Fact]
    public void Order_counts()
    {
        Assert.NotEqual(MLSequence.FromInt64s([1, 2]), MLSequence.FromInt64s([2, 1]));
        Assert.Equal(MLSequence.FromInt64s([1, 2]).GetHashCode(), MLSequence.FromInt64s([1, 2]).GetHashCode());
    }
}
