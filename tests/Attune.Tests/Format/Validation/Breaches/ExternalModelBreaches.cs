using Attune.Format.Specification;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on models whose substance is elsewhere, and on recommenders.</summary>
internal static class ExternalModelBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new("custom.class", Custom, model => model.CustomModel.ClassName = ""),
        new("custom.parameters", Custom, model => model.CustomModel.Parameters["p"] = new()),
        new(
            "linked.file",
            () => Models.Of(Number("x"), Number("y"), model => model.LinkedModel = new()
            {
                LinkedModelFile = new() { LinkedModelFileName = new() { DefaultValue = "other" } },
            }),
            model => model.LinkedModel.LinkedModelFile.LinkedModelFileName.DefaultValue = ""),
        new(
            "recommender.items",
            Recommender,
            model => model.ItemSimilarityRecommender.ItemInt64Ids.Vector.Add(1)),
        new(
            "recommender.features",
            Recommender,
            model => model.ItemSimilarityRecommender.RecommendedItemListOutputFeatureName = ""),
    ];

    private static Model Custom() => Models.Of(
        Number("x"), Number("y"), model => model.CustomModel = new() { ClassName = "Sum" });

    private static Model Recommender() =>
        Models.Of(Integers("items"), Integers("list"), model => model.ItemSimilarityRecommender = new()
        {
            ItemInt64Ids = new() { Vector = { 1, 2 } },
            ItemInputFeatureName = "items", RecommendedItemListOutputFeatureName = "list",
        });
}
