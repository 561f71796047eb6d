namespace Attune.Tests.Features;

public sealed class ProvidersTests
{
    [Fact]
    public void A_provider_is_filled_by_a_collection_initialiser()
    {
        var provider = new MLDictionaryFeatureProvider { ["digit"] = "7", ["weight"] = 0.5 };

        Assert.Equal(["digit", "weight"], provider.FeatureNames.Order());
        Assert.Equal("7", provider.GetFeatureValue("digit")!.StringValue);
        Assert.Null(provider.GetFeatureValue("Digit"));
        Assert.Null(provider["nothing"]);
    }

    [Fact]
    public void Plain_objects_become_values_of_their_kind()
    {
        var provider = new MLDictionaryFeatureProvider(new Dictionary<string, object>
        {
            ["int"] = 1,
            ["byte"] = (byte)1,
            ["float"] = 0.5f,
            ["text"] = "a",
            ["array"] = new MLMultiArray(new float[1]),
            ["map"] = new Dictionary<string, double> { ["a"] = 1 },
            ["value"] = MLFeatureValue.FromInt64(2),
        });

        MLFeatureType Kind(string name) => provider[name]!.Type;
        Assert.Equal(MLFeatureType.Int64, Kind("int"));
        Assert.Equal(MLFeatureType.Int64, Kind("byte"));
        Assert.Equal(MLFeatureType.Double, Kind("float"));
        Assert.Equal(MLFeatureType.String, Kind("text"));
        Assert.Equal(MLFeatureType.MultiArray, Kind("array"));
        Assert.Equal(MLFeatureType.Dictionary, Kind("map"));
        Assert.Equal(MLFeatureType.Int64, Kind("value"));
    }

    [Fact]
    public void Objects_that_are_no_values_are_refused_by_name()
    {
        var error = Assert.Throws<MLFeatureException>(
            () => new MLDictionaryFeatureProvider(new Dictionary<string, object> { ["when"] = DateTime.UnixEpoch }));

        Assert.Equal("when", error.FeatureName);
        Assert.Equal("DateTime", error.Got);
    }

    [Fact]
    public void Adding_a_name_twice_is_refused()
    {
        var provider = new MLDictionaryFeatureProvider();
        provider.Add("x", 1);

        Assert.Throws<ArgumentException>(() => provider.Add("x", 2));
        Assert.Equal(1, provider["x"]!.Int64Value);
    }

    [Fact]
    public void A_batch_gives_its_samples_in_order()
    {
        IMLFeatureProvider[] samples =
            [new MLDictionaryFeatureProvider { ["x"] = 1 }, new MLDictionaryFeatureProvider { ["x"] = 2 }];
        IMLBatchProvider batch = new MLArrayBatchProvider(samples);

        Assert.Equal(2, batch.Count);
        Assert.Same(samples[1], batch.GetFeatures(1));
        Assert.True(batch.IsStable);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.GetFeatures(2));
    }

    [Fact]
    public void Columns_become_samples()
    {
        var batch = new MLArrayBatchProvider(new Dictionary<string, IReadOnlyList<object>>
        {
            ["digit"] = ["1", "2"],
            ["weight"] = [0.5, 0.25f],
        });

        Assert.Equal(2, batch.Count);
        Assert.Equal("2", batch.Array[1].GetFeatureValue("digit")!.StringValue);
        Assert.Equal(0.25, batch.GetFeatures(1).GetFeatureValue("weight")!.DoubleValue);
    }

    [Fact]
    public void Columns_of_different_lengths_are_refused()
    {
        var error = Assert.Throws<MLFeatureException>(
            () => new MLArrayBatchProvider(new Dictionary<string, IReadOnlyList<object>>
            {
                ["a"] = [1, 2],
                ["b"] = [1],
            }));

        Assert.Equal("Feature 'b' takes 2 values, as many as the columns before it; got 1.", error.Message);
    }

    [Fact]
    public void A_column_of_mixed_kinds_is_refused()
    {
        var error = Assert.Throws<MLFeatureException>(
            () => new MLArrayBatchProvider(new Dictionary<string, IReadOnlyList<object>> { ["a"] = [1, 2, "3"] }));

        Assert.Equal((2, "a"), (error.SampleIndex, error.FeatureName));
    }

    [Fact]
    public void A_batch_without_columns_or_samples_is_empty()
    {
        var columns = new Dictionary<string, IReadOnlyList<object>>();

        Assert.Equal(0, new MLArrayBatchProvider(columns).Count);
        Assert.Equal(0, new MLArrayBatchProvider([]).Count);
        Assert.Throws<ArgumentException>(() => new MLArrayBatchProvider([null!]));
    }
}
