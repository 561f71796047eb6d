namespace Attune.Tests.Features;

public sealed class MLFeatureDescriptionTests
{
    private static MLFeatureDescription Array(MLMultiArrayConstraint constraint, bool optional = false) =>
        new("x", MLFeatureType.MultiArray) { MultiArrayConstraint = constraint, IsOptional = optional };

    private static MLFeatureDescription Image(MLImageConstraint constraint) =>
        new("image", MLFeatureType.Image) { ImageConstraint = constraint };

    private static MLFeatureValue ArrayOf(params int[] shape) => new MLMultiArray(shape, MLMultiArrayDataType.Float32);

    private static MLFeatureValue ImageOf(int width, int height, MLPixelFormat format) =>
        new MLPixelBuffer(width, height, format);

    [Theory]
    [InlineData(MLFeatureType.Int64)]
    [InlineData(MLFeatureType.Double)]
    [InlineData(MLFeatureType.String)]
    public void A_plain_feature_takes_its_own_kind_only(MLFeatureType type)
    {
        MLFeatureValue[] values = [1L, 1.0, "1", ArrayOf(1)];
        var description = new MLFeatureDescription("x", type);

        Assert.Equal(type, Assert.Single(values, description.IsAllowed).Type);
    }

    [Fact]
    public void One_shape_takes_that_shape_of_any_element_type()
    {
        MLFeatureDescription x = Array(new MLMultiArrayConstraint([2, 3], MLMultiArrayDataType.Float32));

        foreach (MLMultiArrayDataType type in Enum.GetValues<MLMultiArrayDataType>())
            Assert.True(x.IsAllowed(new MLMultiArray([2, 3], type)));
        Assert.False(x.IsAllowed(ArrayOf(3, 2)));
        Assert.False(x.IsAllowed(ArrayOf(6)));
    }

    [Fact]
    public void No_shape_takes_any()
    {
        MLFeatureDescription x = Array(new MLMultiArrayConstraint([], MLMultiArrayDataType.Double));

        Assert.True(x.IsAllowed(ArrayOf(3, 2)));
    }

    [Fact]
    public void Enumerated_shapes_take_each_of_them()
    {
        MLFeatureDescription x = Array(new MLMultiArrayConstraint(
            [1, 4], MLMultiArrayDataType.Float32, MLMultiArrayShapeConstraint.Enumerated([[1, 4], [1, 8]])));

        Assert.True(x.IsAllowed(ArrayOf(1, 4)));
        Assert.True(x.IsAllowed(ArrayOf(1, 8)));
        Assert.False(x.IsAllowed(ArrayOf(1, 6)));
        Assert.Equal(
            "takes a multi-array Float32 [1×4] or [1×8]; got MultiArray Float32 [1×6]", x.Refusal(ArrayOf(1, 6)));
    }

    [Theory]
    [InlineData(1, 3, true)]
    [InlineData(1, 2, false)]
    [InlineData(1, 30000, true)]
    [InlineData(4, 3, true)]
    [InlineData(5, 3, false)]
    public void Ranges_take_both_ends_and_may_have_no_upper_one(int first, int second, bool allowed)
    {
        MLFeatureDescription x = Array(new MLMultiArrayConstraint(
            [1, 3], MLMultiArrayDataType.Float32, MLMultiArrayShapeConstraint.Ranges([new(1, 4), new(3, -1)])));

        Assert.Equal(allowed, x.IsAllowed(ArrayOf(first, second)));
        Assert.False(x.IsAllowed(ArrayOf(first)));
    }

    [Fact]
    public void A_refusal_of_ranges_names_them()
    {
        MLFeatureDescription x = Array(new MLMultiArrayConstraint(
            [1, 3], MLMultiArrayDataType.Float32, MLMultiArrayShapeConstraint.Ranges([new(1, 4), new(3, -1)])));

        Assert.Equal(
            "takes a multi-array Float32 [1 to 4 × 3 or more]; got MultiArray Float32 [7×7]", x.Refusal(ArrayOf(7, 7)));
    }

    [Theory]
    [InlineData(MLPixelFormat.OneComponent8, MLPixelFormat.OneComponent8, true)]
    [InlineData(MLPixelFormat.OneComponent8, MLPixelFormat.OneComponent16Half, true)]
    [InlineData(MLPixelFormat.OneComponent8, MLPixelFormat.Bgra32, false)]
    [InlineData(MLPixelFormat.Bgra32, MLPixelFormat.Rgb24, true)]
    [InlineData(MLPixelFormat.Bgra32, MLPixelFormat.Rgba32, true)]
    [InlineData(MLPixelFormat.Bgra32, MLPixelFormat.OneComponent8, false)]
    public void An_image_must_be_gray_or_coloured_as_the_feature_is(
        MLPixelFormat declared, MLPixelFormat given, bool allowed)
    {
        MLFeatureDescription image = Image(new MLImageConstraint(2, 3, declared));

        Assert.Equal(allowed, image.IsAllowed(ImageOf(2, 3, given)));
    }

    [Fact]
    public void An_image_must_have_one_of_the_sizes()
    {
        MLImageSizeConstraint two = MLImageSizeConstraint.Enumerated([new(2, 3), new(4, 6)]);
        MLImageSizeConstraint range = MLImageSizeConstraint.Ranges(new(2, 4), new(3, -1));
        MLFeatureDescription exact = Image(new MLImageConstraint(2, 3, MLPixelFormat.OneComponent8));
        MLFeatureDescription enumerated = Image(new MLImageConstraint(2, 3, MLPixelFormat.OneComponent8, two));
        MLFeatureDescription ranged = Image(new MLImageConstraint(2, 3, MLPixelFormat.OneComponent8, range));

        (int Width, int Height)[] sizes = [(2, 3), (4, 6), (3, 2), (3, 99), (5, 3)];
        bool[] Allowed(MLFeatureDescription feature) =>
            [.. sizes.Select(size => feature.IsAllowed(ImageOf(size.Width, size.Height, MLPixelFormat.OneComponent8)))];

        Assert.Equal([true, false, false, false, false], Allowed(exact));
        Assert.Equal([true, true, false, false, false], Allowed(enumerated));
        Assert.Equal([true, true, false, true, false], Allowed(ranged));
    }

    [Fact]
    public void A_dictionary_must_have_keys_of_the_kind()
    {
        var description = new MLFeatureDescription("p", MLFeatureType.Dictionary)
        {
            DictionaryConstraint = new MLDictionaryConstraint(MLFeatureType.Int64),
        };

        var byInteger = MLFeatureValue.FromDictionary(new Dictionary<long, double> { [1] = 2 });
        var byText = MLFeatureValue.FromDictionary(new Dictionary<string, double> { ["1"] = 2 });
        Assert.True(description.IsAllowed(byInteger));
        Assert.False(description.IsAllowed(byText));
        Assert.True(description.IsAllowed(MLFeatureValue.FromDictionary(new Dictionary<string, double>())));
    }

    [Fact]
    public void A_sequence_must_have_elements_of_the_kind_and_not_too_many()
    {
        var description = new MLFeatureDescription("s", MLFeatureType.Sequence)
        {
            SequenceConstraint = new MLSequenceConstraint(MLFeatureType.String, new MLSizeRange(1, 2)),
        };

        Assert.True(description.IsAllowed(MLSequence.FromStrings(["a"])));
        Assert.False(description.IsAllowed(MLSequence.FromStrings([])));
        Assert.False(description.IsAllowed(MLSequence.FromStrings(["a", "b", "c"])));
        Assert.False(description.IsAllowed(MLSequence.FromInt64s([1])));
        Assert.Equal("takes a sequence of 1 to 2 String values; got Sequence Int64 ×1",
            description.Refusal(MLSequence.FromInt64s([1])));
    }

    [Fact]
    public void Missing_values_are_for_optional_features()
    {
        var constraint = new MLMultiArrayConstraint([1], MLMultiArrayDataType.Float32);
        MLFeatureDescription needed = Array(constraint);
        MLFeatureDescription optional = Array(constraint, optional: true);

        Assert.False(needed.IsAllowed(MLFeatureValue.Undefined(MLFeatureType.MultiArray)));
        Assert.True(optional.IsAllowed(MLFeatureValue.Undefined(MLFeatureType.MultiArray)));
        Assert.False(optional.IsAllowed(MLFeatureValue.Undefined(MLFeatureType.Image)));
        Assert.Null(optional.Refusal(null));
        Assert.Equal("takes a multi-array Float32 [1]; got nothing", needed.Refusal(null));
    }

    [Fact]
    public void A_refusal_carries_its_facts()
    {
        MLFeatureDescription image = Image(new MLImageConstraint(28, 28, MLPixelFormat.OneComponent8));

        MLFeatureException error = image.RefusalException(ArrayOf(3), sampleIndex: 4)!;

        Assert.Equal(
            "Sample 4: feature 'image' takes a gray image of 28×28 pixels; got MultiArray Float32 [3].", error.Message);
        Assert.Equal((4, "image"), (error.SampleIndex, error.FeatureName));
        Assert.Equal("takes a gray image of 28×28 pixels", error.Expected);
        Assert.Equal("MultiArray Float32 [3]", error.Got);
        Assert.Null(image.RefusalException(ImageOf(28, 28, MLPixelFormat.OneComponent8)));
    }

    [Fact]
    public void A_state_takes_no_value()
    {
        var state = new MLFeatureDescription("cache", MLFeatureType.State)
        {
            StateConstraint = new MLStateConstraint([1, 2], MLMultiArrayDataType.Float16),
        };

        Assert.False(state.IsAllowed(ArrayOf(1, 2)));
    }
}
