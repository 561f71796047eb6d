using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on models that prepare features.</summary>
internal static class FeatureEngineeringBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new(
            "encoder.categories",
            () => Models.Of(Text("x"), TestModels.Array("y", 2), model =>
                model.OneHotEncoder = new() { StringCategories = Models.Labels() }),
            model => model.OneHotEncoder.ClearCategoryType()),
        new(
            "vectorizer.sizes",
            () => Models.Of(Number("x"), TestModels.Array("y", 1), model =>
                model.FeatureVectorizer = new()
                {
                    InputList = { new FeatureVectorizer.Types.InputColumn { InputColumn_ = "x", InputDimensions = 1 } },
                }),
            model => model.FeatureVectorizer.InputList[0].InputDimensions = 0),
        new(
            "normalizer.kind",
            Models.Normalizer,
            model => model.Normalizer.NormType = (Normalizer.Types.NormType)3),
        new(
            "extractor.index",
            () => Models.Of(TestModels.Array("x", 2), Number("y"), model =>
                model.ArrayFeatureExtractor = new() { ExtractIndex = { 0 } }),
            model => model.ArrayFeatureExtractor.ExtractIndex.Add(1)),
        new("scaler.types", NumberScaler, model => model.Description.Output[0] = Integer("y")),
        new(
            "transform.arrays",
            () => Models.Of(TestModels.Array("x", 2), TestModels.Array("y", 2), model => model.Scaler = new()),
            model => model.Description.Output[0] = TestModels.Array("y", 3)),
        new("scaler.values", NumberScaler, model => model.Scaler.ShiftValue.Add([1, 2])),
        new("imputer.types", NumberImputer, model => model.Description.Output[0] = Text("y")),
        new("imputer.value", NumberImputer, model => model.Imputer.ImputedInt64Value = 1),
        new(
            "mapping.unknown",
            () => Mapping(Text("x"), Integer("y")),
            model => model.CategoricalMapping.StrValue = "?"),
        new(
            "mapping.sequences",
            () => Mapping(Texts("x"), Integers("y")),
            model => model.Description.Output[0] = Texts("y")),
    ];

    private static Model NumberScaler() => Models.Of(Number("x"), Number("y"), model => model.Scaler = new());

    private static Model NumberImputer() =>
        Models.Of(Number("x"), Number("y"), model => model.Imputer = new() { ImputedDoubleValue = 1 });

    private static Model Mapping(FeatureDescription input, FeatureDescription output) =>
        Models.Of(input, output, model => model.CategoricalMapping = new()
        {
            StringToInt64Map = new() { Map = { ["a"] = 1 } },
            Int64Value = 0,
        });
}
