using Attune.Format.Specification;
using Similar = Attune.Format.Specification.ItemSimilarityRecommender.Types.SimilarItems;

namespace Attune.Tests.Models;

public sealed class ItemSimilarityRecommenderModelTests
{
    [Fact]
    public void An_item_scores_the_similarities_to_what_is_given_without_its_adjustment()
    {
        (string[] items, Dictionary<object, double> scores) = Predict(
            Recommender(), ("items", Scores(("a", 2), ("b", 1), ("unknown", 9))));

        // c: 0.5·(2 − 0.25) + 0.2·(1 − 0.25); d: 0.1·2
        Assert.Equal(["c", "d"], items);
        Assert.Equal(1.025, scores["c"], 1e-15);
        Assert.Equal(0.2, scores["d"], 1e-15);
    }

    [Fact]
    public void Items_in_a_sequence_score_1()
    {
        Model model = Recommender();
        model.Description.Input[0] = TabularModels.Texts("items");

        (string[] items, Dictionary<object, double> scores) = Predict(model, ("items", Texts("a")));

        Assert.Equal(["c", "d", "b"], items); // 0.5·0.75, 0.1, 0
        Assert.Equal([0.375, 0.1, 0], items.Select(item => scores[item]));
    }

    [Fact]
    public void Restriction_exclusion_and_number_choose_among_the_items()
    {
        (string, MLFeatureValue) given = ("items", Scores(("a", 1)));

        Assert.Equal(["c"], Predict(Recommender(), given, ("most", 1L)).Items);
        Assert.Empty(Predict(Recommender(), given, ("most", 0L)).Items);
        Assert.Equal(["d", "b"], Predict(Recommender(), given, ("only", Texts("b", "d", "a"))).Items);
        Assert.Equal(["d", "a", "b"], Predict(Recommender(), given, ("without", Texts("c"))).Items);
        Assert.Throws<MLFeatureException>(() => Predict(Recommender(), given, ("most", -1L)));
    }

    [Fact]
    public void Items_without_names_are_numbers()
    {
        Model model = Recommender();
        model.ItemSimilarityRecommender.ItemStringIds = null;
        model.ItemSimilarityRecommender.ItemItemSimilarities.Add(new Similar { ItemId = 2 });
        model.ItemSimilarityRecommender.ItemItemSimilarities.Add(new Similar { ItemId = 3 });
        model.ItemSimilarityRecommender.ItemItemSimilarities.RemoveAt(2);
        model.Description.Input.Clear();
        model.Description.Input.Add(TabularModels.Int64s("items"));
        model.Description.Output.Clear();
        model.Description.Output.Add(TabularModels.Int64s("list"));
        model.ItemSimilarityRecommender.NumRecommendationsInputFeatureName = "";
        model.ItemSimilarityRecommender.ItemRestrictionInputFeatureName = "";
        model.ItemSimilarityRecommender.ItemExclusionInputFeatureName = "";
        model.ItemSimilarityRecommender.RecommendedItemScoreOutputFeatureName = "";

        MLSequence list = TestModels.Load(model)
            .Prediction(TestModels.Sample(("items", MLSequence.FromInt64s([0, 99]))))
            .GetFeatureValue("list")!.SequenceValue!;

        Assert.Equal([2, 3, 1], list.Int64Values);
    }

    [Fact]
    public void Items_outside_of_the_list_or_twice_are_refused_at_loading()
    {
        foreach (Action<ItemSimilarityRecommender> spoil in new Action<ItemSimilarityRecommender>[]
                 {
                     file => file.ItemItemSimilarities[0].ItemId = 4,
                     file => file.ItemItemSimilarities[0].SimilarItemList[0].ItemId = ulong.MaxValue,
                     file => file.ItemItemSimilarities[1].ItemId = 0,
                     file => file.ItemStringIds.Vector[1] = "a",
                     file => file.ItemInt64Ids = new() { Vector = { 1, 2, 3, 4 } },
                     file => file.ItemInputFeatureName = "",
                 })
        {
            Model model = Recommender();
            spoil(model.ItemSimilarityRecommender);
            Assert.NotNull(TabularModels.Refusal(model).Location);
        }
    }

    /// <summary>Items a to d: a is like c by 0.5 and like d by 0.1, b like c by 0.2; c is adjusted by 0.25.</summary>
    private static Model Recommender() => TabularModels.Model(
        model => model.ItemSimilarityRecommender = new()
        {
            ItemStringIds = new() { Vector = { "a", "b", "c", "d" } },
            ItemItemSimilarities =
            {
                new Similar
                {
                    ItemId = 0,
                    SimilarItemList =
                    {
                        new ItemSimilarityRecommender.Types.ConnectedItem { ItemId = 2, SimilarityScore = 0.5 },
                        new ItemSimilarityRecommender.Types.ConnectedItem { ItemId = 3, SimilarityScore = 0.1 },
                    },
                },
                new Similar
                {
                    ItemId = 1,
                    SimilarItemList =
                    {
                        new ItemSimilarityRecommender.Types.ConnectedItem { ItemId = 2, SimilarityScore = 0.2 },
                    },
                },
                new Similar { ItemId = 2, ItemScoreAdjustment = 0.25 },
            },
            ItemInputFeatureName = "items", NumRecommendationsInputFeatureName = "most",
            ItemRestrictionInputFeatureName = "only", ItemExclusionInputFeatureName = "without",
            RecommendedItemListOutputFeatureName = "list", RecommendedItemScoreOutputFeatureName = "scores",
        },
        [
            TabularModels.TextKeys("items"), TabularModels.Optional(TabularModels.Int64("most")),
            TabularModels.Optional(TabularModels.Texts("only")), TabularModels.Optional(TabularModels.Texts("without")),
        ],
        [TabularModels.Texts("list"), TabularModels.TextKeys("scores")]);

    private static (string[] Items, Dictionary<object, double> Scores) Predict(
        Model model, params (string, MLFeatureValue)[] features)
    {
        IMLFeatureProvider output = TestModels.Load(model).Prediction(TestModels.Sample(features));
        return (
            [.. output.GetFeatureValue("list")!.SequenceValue!.StringValues],
            new Dictionary<object, double>(output.GetFeatureValue("scores")!.DictionaryValue));
    }

    private static MLFeatureValue Scores(params (string Item, double Score)[] scores) =>
        MLFeatureValue.FromDictionary(scores.ToDictionary(score => score.Item, score => score.Score));

    private static MLFeatureValue Texts(params string[] texts) =>
        MLFeatureValue.FromSequence(MLSequence.FromStrings(texts));
}
