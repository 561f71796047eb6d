using Attune.Format.Specification;

namespace Attune.Tests.Models;

public sealed class FeatureTransformTests
{
    [Fact]
    public void A_scaler_shifts_and_then_scales_by_one_number_or_one_per_element()
    {
        Assert.Equal([4, 6], Array(model => model.Scaler = new() { ShiftValue = { 1 }, ScaleValue = { 2 } }, [1, 2]));
        Assert.Equal([22, 0], Array(
            model => model.Scaler = new() { ShiftValue = { 10, -2 }, ScaleValue = { 2, 5 } }, [1, 2]));
        Assert.Equal([1, 2], Array(model => model.Scaler = new(), [1, 2]));
        Assert.Equal("shiftValue", TabularModels.Refusal(TabularModels.Numbers(
            model => model.Scaler = new() { ShiftValue = { 1, 2, 3 } }, 2, 2)).Location);
    }

    [Fact]
    public void A_scaler_refuses_an_integer_that_would_lose_its_fraction()
    {
        Model model = TabularModels.Model(
            model => model.Scaler = new() { ScaleValue = { 0.5 } }, [TabularModels.Int64("x")],
            [TabularModels.Int64("y")]);

        Assert.Equal(2, Predict(model, ("x", 4L)).Int64Value);
        Assert.Equal("x", Assert.Throws<MLFeatureException>(() => Predict(model, ("x", 3L))).FeatureName);
        model.Description.Output[0] = TabularModels.Double("y");
        Assert.Equal(1.5, Predict(model, ("x", 3L)).DoubleValue);
    }

    [Theory]
    [InlineData(Normalizer.Types.NormType.Lmax, 0.75, -1)] // largest magnitude 4
    [InlineData(Normalizer.Types.NormType.L1, 3 / 7.0, -4 / 7.0)]
    [InlineData(Normalizer.Types.NormType.L2, 0.6, -0.8)]
    internal void A_normalizer_divides_by_the_norm(Normalizer.Types.NormType norm, double first, double second)
    {
        TabularModels.Near([first, second], Array(model => model.Normalizer = new() { NormType = norm }, [3, -4]));
        Assert.Equal([0, 0], Array(model => model.Normalizer = new() { NormType = norm }, [0, 0]));
    }

    [Fact]
    public void An_extractor_picks_elements_as_array_number_or_integer()
    {
        Model model = TabularModels.Numbers(
            model => model.ArrayFeatureExtractor = new() { ExtractIndex = { 2, 0, 2 } }, inputs: 3, outputs: 3);
        Assert.Equal([9, 7, 9], TabularModels.Elements(TestModels.Load(model).Prediction(TabularModels.Row(7, 8, 9))));

        model = TabularModels.Numbers(model => model.ArrayFeatureExtractor = new() { ExtractIndex = { 1 } }, inputs: 3);
        Assert.Equal(8.5, TabularModels.Number(model, 7, 8.5, 9));
        model.Description.Output[0] = TabularModels.Int64("y");
        Assert.Equal(
            8, TestModels.Load(model).Prediction(TabularModels.Row(7, 8, 9)).GetFeatureValue("y")!.Int64Value);

        model.ArrayFeatureExtractor.ExtractIndex[0] = 3;
        Assert.Equal("extractIndex", TabularModels.Refusal(model).Location);
        model.ArrayFeatureExtractor.ExtractIndex[0] = ulong.MaxValue;
        Assert.Equal("extractIndex", TabularModels.Refusal(model).Location);
    }

    [Fact]
    public void A_feature_vectorizer_lays_numbers_arrays_and_dictionaries_side_by_side()
    {
        Model model = TabularModels.Model(
            model => model.FeatureVectorizer = new()
            {
                InputList =
                {
                    Column("places", 3), Column("number", 1), Column("array", 2), Column("count", 1),
                },
            },
            [
                TabularModels.Double("number"), TabularModels.Int64("count"), TabularModels.Array("array", 2),
                TabularModels.Int64Keys("places"),
            ],
            [TabularModels.Array("y", 7)]);
        (string, MLFeatureValue)[] rest = [("number", 4.5), ("array", TestModels.Tensor([5, 6], 2)), ("count", 7L)];

        MLFeatureValue y = Predict(model, [("places", Keys((1, 2.5))), .. rest]);

        Assert.Equal([0, 2.5, 0, 4.5, 5, 6, 7], TabularModels.Elements(y.MultiArrayValue!));
        foreach (long key in new[] { -1, 3, long.MaxValue })
            Assert.Equal("places", Assert.Throws<MLFeatureException>(
                () => Predict(model, [("places", Keys((key, 1))), .. rest])).FeatureName);
    }

    [Fact]
    public void Columns_that_do_not_fit_their_features_are_refused_at_loading()
    {
        foreach ((string name, ulong count) in new[] { ("x", 3ul), ("x", ulong.MaxValue), ("other", 2ul), ("", 2ul) })
            Assert.NotNull(TabularModels.Refusal(TabularModels.Numbers(
                model => model.FeatureVectorizer = new() { InputList = { Column(name, count) } }, 2, 2)));
        Model huge = TabularModels.Model(
            model => model.FeatureVectorizer = new() { InputList = { Column("x", 1 << 30) } },
            [TabularModels.Int64Keys("x")], [TabularModels.Array("y")]);
        Assert.Equal("inputList[0].inputDimensions", TabularModels.Refusal(huge).Location);
    }

    [Fact]
    public void A_dictionary_vectorizer_gives_places_and_leaves_unknown_keys_out()
    {
        var vectorizer = new DictVectorizer { StringToIndex = new() { Vector = { "a", "c", "b", "z" } } };
        Model dense = TabularModels.Model(
            model => model.DictVectorizer = vectorizer, [TabularModels.TextKeys("x")], [TabularModels.Array("y", 4)]);
        Model sparse = TabularModels.Model(
            model => model.DictVectorizer = vectorizer, [TabularModels.TextKeys("x")], [TabularModels.Int64Keys("y")]);
        var x = MLFeatureValue.FromDictionary(
            new Dictionary<string, double> { ["a"] = 4, ["c"] = 8, ["unknown"] = 1 });

        Assert.Equal([4, 8, 0, 0], TabularModels.Elements(Predict(dense, ("x", x)).MultiArrayValue!));
        Assert.Equal(Keys((0, 4), (1, 8)), Predict(sparse, ("x", x)));
    }

    [Fact]
    public void Integers_of_a_dictionary_vectorizer_are_found_by_their_texts()
    {
        Model model = TabularModels.Model(
            model => model.DictVectorizer = new() { Int64ToIndex = new() { Vector = { 7, -5 } } },
            [TabularModels.TextKeys("x")],
            [TabularModels.Array("y", 2)]);
        var texts = MLFeatureValue.FromDictionary(new Dictionary<string, double> { ["-5"] = 2, ["five"] = 1 });

        Assert.Equal([0, 2], TabularModels.Elements(Predict(model, ("x", texts)).MultiArrayValue!));
        model.Description.Input[0] = TabularModels.Int64Keys("x");
        Assert.Equal([3, 0], TabularModels.Elements(Predict(model, ("x", Keys((7, 3), (8, 1)))).MultiArrayValue!));
    }

    [Fact]
    public void A_one_hot_encoder_puts_1_at_the_place_of_a_category()
    {
        var encoder = new OneHotEncoder { StringCategories = new() { Vector = { "red", "green", "blue" } } };
        Model dense = TabularModels.Model(
            model => model.OneHotEncoder = encoder, [TabularModels.Text("x")], [TabularModels.Array("y", 3)]);
        Model sparse = TabularModels.Model(
            model => model.OneHotEncoder = encoder, [TabularModels.Text("x")], [TabularModels.Int64Keys("y")]);

        Assert.Equal([0, 1, 0], TabularModels.Elements(Predict(dense, ("x", "green")).MultiArrayValue!));
        Assert.Equal(Keys((2, 1)), Predict(sparse, ("x", "blue")));
        Assert.Equal("x", Assert.Throws<MLFeatureException>(() => Predict(dense, ("x", "pink"))).FeatureName);
        encoder.HandleUnknown = OneHotEncoder.Types.HandleUnknown.IgnoreUnknown;
        Assert.Equal([0, 0, 0], TabularModels.Elements(Predict(dense, ("x", "pink")).MultiArrayValue!));
        Assert.Equal("stringCategories", TabularModels.Refusal(TabularModels.Model(
            model => model.OneHotEncoder = new(), [TabularModels.Text("x")], [TabularModels.Array("y", 3)])).Location);
    }

    [Fact]
    public void A_categorical_mapping_translates_values_and_sequences()
    {
        var toNumbers = new CategoricalMapping { StringToInt64Map = new() { Map = { ["a"] = 7, ["b"] = -1 } } };
        var toTexts = new CategoricalMapping { Int64ToStringMap = new() { Map = { [7] = "a" } }, StrValue = "?" };

        Assert.Equal(7, Predict(Mapping(toNumbers, TabularModels.Text, TabularModels.Int64), ("x", "a")).Int64Value);
        Assert.Equal("a", Predict(Mapping(toTexts, TabularModels.Int64, TabularModels.Text), ("x", 7L)).StringValue);
        Assert.Equal("?", Predict(Mapping(toTexts, TabularModels.Int64, TabularModels.Text), ("x", 8L)).StringValue);
        Assert.Equal([-1, 7], Predict(
            Mapping(toNumbers, TabularModels.Texts, TabularModels.Int64s),
            ("x", MLSequence.FromStrings(["b", "a"]))).SequenceValue!.Int64Values);
        Assert.Equal(["a", "?"], Predict(
            Mapping(toTexts, TabularModels.Int64s, TabularModels.Texts),
            ("x", MLSequence.FromInt64s([7, 8]))).SequenceValue!.StringValues);
        Assert.Contains("'c'", Assert.Throws<MLFeatureException>(() => Predict(
            Mapping(toNumbers, TabularModels.Text, TabularModels.Int64), ("x", "c"))).Message);
        Assert.NotNull(TabularModels.Refusal(Mapping(toNumbers, TabularModels.Text, TabularModels.Int64s)));
        Assert.NotNull(TabularModels.Refusal(Mapping(toNumbers, TabularModels.Int64s, TabularModels.Texts)));
        Assert.NotNull(TabularModels.Refusal(Mapping(new(), TabularModels.Text, TabularModels.Int64)));
    }

    [Fact]
    public void Identity_gives_inputs_of_the_same_name_or_place()
    {
        Model model = TabularModels.Model(
            model => model.Identity = new(),
            [TabularModels.Double("a"), TabularModels.Text("b")],
            [TabularModels.Double("renamed"), TabularModels.Text("b")]);

        IMLFeatureProvider output = TestModels.Load(model).Prediction(TestModels.Sample(("a", 1.5), ("b", "text")));

        Assert.Equal(1.5, output.GetFeatureValue("renamed")!.DoubleValue);
        Assert.Equal("text", output.GetFeatureValue("b")!.StringValue);
    }

    private static Model Mapping(
        CategoricalMapping mapping, Func<string, FeatureDescription> from, Func<string, FeatureDescription> to) =>
        TabularModels.Model(model => model.CategoricalMapping = mapping, [from("x")], [to("y")]);

    private static double[] Array(Action<Model> fill, double[] row) => TabularModels.Elements(
        TestModels.Load(TabularModels.Numbers(fill, row.Length, row.Length)).Prediction(TabularModels.Row(row)));

    private static FeatureVectorizer.Types.InputColumn Column(string name, ulong count) =>
        new() { InputColumn_ = name, InputDimensions = count };

    private static MLFeatureValue Keys(params (long Key, double Value)[] entries) =>
        MLFeatureValue.FromDictionary(entries.ToDictionary(entry => entry.Key, entry => entry.Value));

    private static MLFeatureValue Predict(Model model, params (string, MLFeatureValue)[] features) =>
        TestModels.Load(model).Prediction(TestModels.Sample(features)).GetFeatureValue("y")!;
}
