using Attune.Format.Specification;

namespace Attune.Tests.Models;

public sealed class ImputerModelTests
{
    [Fact]
    public void NaN_or_the_value_to_replace_becomes_the_imputed_value()
    {
        var nan = new Imputer { ImputedDoubleValue = 5 };
        var nines = new Imputer { ImputedDoubleValue = 5, ReplaceDoubleValue = -999 };

        Assert.Equal(5, Predict(nan, TabularModels.Double, double.NaN).DoubleValue);
        Assert.Equal(-999, Predict(nan, TabularModels.Double, -999.0).DoubleValue);
        Assert.Equal(5, Predict(nines, TabularModels.Double, -999.0).DoubleValue);
        Assert.Equal(double.NaN, Predict(nines, TabularModels.Double, double.NaN).DoubleValue);
        Assert.Equal(5, Predict(
            new Imputer { ImputedDoubleValue = 5, ReplaceDoubleValue = double.NaN }, TabularModels.Double, double.NaN)
            .DoubleValue);
    }

    [Fact]
    public void Integers_and_texts_are_replaced_likewise()
    {
        var integers = new Imputer { ImputedInt64Value = 5, ReplaceInt64Value = 0 };
        var texts = new Imputer { ImputedStringValue = "none", ReplaceStringValue = "" };

        Assert.Equal(5, Predict(integers, TabularModels.Int64, 0L).Int64Value);
        Assert.Equal(1, Predict(integers, TabularModels.Int64, 1L).Int64Value);
        Assert.Equal("none", Predict(texts, TabularModels.Text, "").StringValue);
        Assert.Equal("a", Predict(texts, TabularModels.Text, "a").StringValue);
    }

    [Fact]
    public void Elements_of_an_array_have_their_own_values_or_all_the_same()
    {
        var own = new Imputer { ImputedDoubleArray = new() { Vector = { 1, 2, 3 } }, ReplaceDoubleValue = 0 };
        var integers = new Imputer { ImputedInt64Array = new() { Vector = { 1, 2, 3 } }, ReplaceInt64Value = 0 };
        var same = new Imputer { ImputedDoubleValue = 9, ReplaceDoubleValue = 0 };

        Assert.Equal([7, 2, 3], Array(own, 7, 0, 0));
        Assert.Equal([7, 2, 3], Array(integers, 7, 0, 0));
        Assert.Equal([7, 9, 9], Array(same, 7, 0, 0));
        Assert.Equal("imputedDoubleArray", TabularModels.Refusal(
            TabularModels.Numbers(model => model.Imputer = own, 2, 2)).Location);
    }

    [Fact]
    public void Entries_of_a_dictionary_are_replaced_by_key()
    {
        var texts = new Imputer
        {
            ImputedStringDictionary = new() { Map = { ["a"] = 1, ["b"] = 2 } }, ReplaceDoubleValue = -1,
        };
        var integers = new Imputer { ImputedInt64Dictionary = new() { Map = { [4] = 8 } } };

        Assert.Equal(
            MLFeatureValue.FromDictionary(new Dictionary<string, double> { ["a"] = 1, ["b"] = 5, ["c"] = -1 }),
            Predict(texts, TabularModels.TextKeys, MLFeatureValue.FromDictionary(
                new Dictionary<string, double> { ["a"] = -1, ["b"] = 5, ["c"] = -1 })));
        Assert.Equal(
            MLFeatureValue.FromDictionary(new Dictionary<long, double> { [4] = 8 }),
            Predict(integers, TabularModels.Int64Keys, MLFeatureValue.FromDictionary(
                new Dictionary<long, double> { [4] = double.NaN })));
    }

    [Fact]
    public void A_feature_that_is_not_given_becomes_the_imputed_value()
    {
        Model number = TabularModels.Model(
            model => model.Imputer = new() { ImputedDoubleValue = 5 },
            [TabularModels.Optional(TabularModels.Double("x"))], [TabularModels.Double("y")]);
        Model array = TabularModels.Model(
            model => model.Imputer = new() { ImputedDoubleArray = new() { Vector = { 1, 2 } } },
            [TabularModels.Optional(TabularModels.Array("x", 2))], [TabularModels.Array("y", 2)]);

        Assert.Equal(
            5, TestModels.Load(number).Prediction(TestModels.Sample()).GetFeatureValue("y")!.DoubleValue);
        Assert.Equal([1, 2], TabularModels.Elements(TestModels.Load(array).Prediction(TestModels.Sample())));
    }

    [Fact]
    public void An_imputed_value_of_another_kind_is_refused_at_loading()
    {
        foreach (Imputer imputer in new[] { new Imputer(), new Imputer { ImputedStringValue = "a" } })
            Assert.Equal("imputedValue", TabularModels.Refusal(
                TabularModels.Numbers(model => model.Imputer = imputer, 2, 2)).Location);
    }

    private static double[] Array(Imputer imputer, params double[] row) => TabularModels.Elements(TestModels
        .Load(TabularModels.Numbers(model => model.Imputer = imputer, row.Length, row.Length))
        .Prediction(TabularModels.Row(row)));

    private static MLFeatureValue Predict(
        Imputer imputer, Func<string, FeatureDescription> feature, MLFeatureValue value) =>
        TestModels
            .Load(TabularModels.Model(model => model.Imputer = imputer, [feature("x")], [feature("y")]))
            .Prediction(TestModels.Sample(("x", value)))
            .GetFeatureValue("y")!;
}
