using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>itemSimilarityRecommender</c>. Item k scores Σ sim(k, i) · (score of i − adjustment of k) over the items i that
/// are given; items in a sequence score 1 each. The best come first, the earlier of equal ones first. The given items,
/// or those to exclude, are left out; with a restriction only its items count.
/// </summary>
internal sealed class ItemSimilarityRecommenderModel : FeatureModel
{
    private readonly MLFeatureDescription items;
    private readonly MLFeatureDescription? most;
    private readonly MLFeatureDescription? restriction;
    private readonly MLFeatureDescription? exclusion;
    private readonly MLFeatureDescription? list;
    private readonly MLFeatureDescription? scores;
    private readonly ItemSimilarities similarities;

    public ItemSimilarityRecommenderModel(ModelContext context)
    {
        ItemSimilarityRecommender file = context.Model.ItemSimilarityRecommender;
        var model = new Interface(context);
        similarities = new ItemSimilarities(model, file);
        items = model.Input(file.ItemInputFeatureName, MLFeatureType.Sequence, MLFeatureType.Dictionary)
            ?? throw model.Wrong("takes the name of its items", "itemInputFeatureName");
        most = model.Input(file.NumRecommendationsInputFeatureName, MLFeatureType.Int64);
        restriction = model.Input(
            file.ItemRestrictionInputFeatureName, MLFeatureType.Sequence, MLFeatureType.Dictionary);
        exclusion = model.Input(file.ItemExclusionInputFeatureName, MLFeatureType.Sequence, MLFeatureType.Dictionary);
        list = model.Output(file.RecommendedItemListOutputFeatureName, MLFeatureType.Sequence);
        scores = model.Output(file.RecommendedItemScoreOutputFeatureName, MLFeatureType.Dictionary);
        if (list is null && scores is null)
            throw model.Wrong("takes the name of an output", "recommendedItemListOutputFeatureName");
        foreach (MLFeatureDescription? feature in new[] { items, restriction, exclusion, list, scores })
            if (feature is not null && KeyType(feature) != similarities.IdType)
                throw model.Wrong(
                    $"has items called by {similarities.IdType}; '{feature.Name}' holds {KeyType(feature)}",
                    feature.Name);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        Dictionary<int, double> given = Read(inputs, items) ?? [];
        HashSet<int> excluded = [.. (Read(inputs, exclusion) ?? given).Keys];
        Dictionary<int, double>? restricted = Read(inputs, restriction);
        long count = Count(inputs);
        double[] all = similarities.Score(given);
        int[] best =
        [
            .. Enumerable.Range(0, all.Length)
                .Where(item => !excluded.Contains(item) && restricted?.ContainsKey(item) != false)
                .OrderByDescending(item => all[item])
                .Take((int)Math.Min(count, int.MaxValue)),
        ];
        if (list is not null)
            outputs.Add(list.Name, similarities.Sequence(best));
        if (scores is not null)
            outputs.Add(scores.Name, similarities.Dictionary(best, all));
    }

    private long Count(InputFeatures inputs)
    {
        if (most is null || inputs.Get(most) is not { } value)
            return int.MaxValue;
        return value.Int64Value >= 0
            ? value.Int64Value
            : throw InputFeatures.Refusal(most.Name, "takes a number of 0 or more", $"{value}");
    }

    /// <summary>Items with their scores; null if the feature is not there. Items that the model does not know are left
    /// out: nothing is similar to them.</summary>
    private Dictionary<int, double>? Read(InputFeatures inputs, MLFeatureDescription? feature)
    {
        if (feature is null || inputs.Get(feature) is not { } value)
            return null;
        var known = new Dictionary<int, double>();
        if (value.SequenceValue is { } sequence)
            foreach (object id in sequence.StringValues.Concat(sequence.Int64Values.Cast<object>()))
                Add(known, id, 1);
        foreach ((object id, double score) in value.DictionaryValue)
            Add(known, id, score);
        return known;
    }

    private void Add(Dictionary<int, double> known, object id, double score)
    {
        if (similarities.IndexOf(id) is >= 0 and int item)
            known[item] = score;
    }

    private static MLFeatureType? KeyType(MLFeatureDescription feature) =>
        feature.DictionaryConstraint?.KeyType ?? feature.SequenceConstraint?.ValueDescription.Type;
}
