using Attune.Format.Specification;
using Google.Protobuf.Collections;
using Feature = Attune.Format.Specification.FeatureType.TypeOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on recommenders.</summary>
internal static class RecommenderRules
{
    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } = OwnChecks.Follow(
    [
        new(
            "recommender.items",
            "A recommender names all of its items, each once, by numbers or by texts, or none.",
            "Correct itemInt64Ids or itemStringIds.",
            Items),
        new(
            "recommender.features",
            "The features that a recommender names are there, of the types that it takes, and one is an output.",
            "Correct the names and types.",
            Features),
    ]);

    private static IEnumerable<Flaw> Items(ValidatedModel model)
    {
        if (model.Model.ItemSimilarityRecommender is not { } recommender)
            yield break;
        RepeatedField<long> numbers = recommender.ItemInt64Ids?.Vector ?? [];
        RepeatedField<string> texts = recommender.ItemStringIds?.Vector ?? [];
        if (numbers.Count > 0 && texts.Count > 0)
            yield return new Flaw("A recommender names its items by numbers or by texts; got both.");
        ulong greatest = 0;
        foreach (ItemSimilarityRecommender.Types.SimilarItems item in recommender.ItemItemSimilarities)
        {
            greatest = Math.Max(greatest, item.ItemId);
            foreach (ItemSimilarityRecommender.Types.ConnectedItem other in item.SimilarItemList)
                greatest = Math.Max(greatest, other.ItemId);
        }
        int count = Math.Max(numbers.Count, texts.Count);
        // Core ML's tools count one less where the names are texts.
        if (count > 0 && (ulong)count <= greatest && !(texts.Count > 0 && (ulong)count == greatest))
            yield return new Flaw($"A recommender of items up to {greatest} names all of them; got {count} names.");
        if (numbers.Distinct().Count() != numbers.Count || texts.Distinct().Count() != texts.Count)
            yield return new Flaw("A recommender names each item once; some names are there twice.");
    }

    private static IEnumerable<Flaw> Features(ValidatedModel model)
    {
        if (model.Model.ItemSimilarityRecommender is not { } recommender)
            yield break;
        string items = recommender.ItemInputFeatureName;
        if (items.Length == 0 && model.Description.Input.Count == 1)
            items = model.Description.Input[0].Name;
        Feature[] lists = [Feature.SequenceType, Feature.MultiArrayType];
        (string Name, IReadOnlyList<FeatureDescription> Among, Feature[] Types)[] wanted =
        [
            (items, model.Description.Input, [Feature.DictionaryType, .. lists]),
            (recommender.NumRecommendationsInputFeatureName, model.Description.Input, [Feature.Int64Type]),
            (recommender.ItemRestrictionInputFeatureName, model.Description.Input, lists),
            (recommender.ItemExclusionInputFeatureName, model.Description.Input, lists),
            (recommender.RecommendedItemScoreOutputFeatureName, model.Description.Output, [Feature.DictionaryType]),
            (recommender.RecommendedItemListOutputFeatureName, model.Description.Output, [Feature.SequenceType]),
        ];
        foreach ((string name, IReadOnlyList<FeatureDescription> among, Feature[] types) in wanted)
            if ((name.Length > 0 || ReferenceEquals(name, items))
                && !types.Contains(
                    among.FirstOrDefault(feature => feature.Name == name)?.Type?.TypeCase ?? Feature.None))
                yield return new Flaw(
                    $"A recommender takes '{name}' as one of {string.Join(", ", types)}; it is none.");
        if (recommender.RecommendedItemScoreOutputFeatureName.Length == 0
            && recommender.RecommendedItemListOutputFeatureName.Length == 0)
            yield return new Flaw("A recommender names an output, for scores or for a list; got none.");
    }
}
