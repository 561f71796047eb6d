using Attune.Format.Specification;
using Google.Protobuf.Collections;
using Similar = Attune.Format.Specification.ItemSimilarityRecommender.Types.SimilarItems;

namespace Attune.Models;

/// <summary>Items by number, with the names that they have outside and the items that are like them.</summary>
internal sealed class ItemSimilarities
{
    private readonly IReadOnlyList<object>? ids;
    private readonly Dictionary<object, int>? indices;
    private readonly (int Item, double Similarity)[][] similar;
    private readonly double[] adjustments;

    /// <exception cref="MLModelFormatException">An item is outside of the list, comes twice, or there are both kinds of
    /// names.</exception>
    public ItemSimilarities(Interface model, ItemSimilarityRecommender file)
    {
        RepeatedField<string> texts = file.ItemStringIds?.Vector ?? [];
        RepeatedField<long> integers = file.ItemInt64Ids?.Vector ?? [];
        if (texts.Count > 0 && integers.Count > 0)
            throw model.Wrong("takes items called by strings or by integers; the file has both", "itemStringIds");
        IdType = texts.Count > 0 ? MLFeatureType.String : MLFeatureType.Int64;
        ids = texts.Count > 0 ? [.. texts] : integers.Count > 0 ? [.. integers.Cast<object>()] : null;
        int count = ids?.Count ?? file.ItemItemSimilarities.Count;
        similar = new (int, double)[count][];
        adjustments = new double[count];
        foreach (Similar item in file.ItemItemSimilarities)
        {
            int index = Index(model, item.ItemId);
            if (similar[index] is not null)
                throw model.Wrong($"takes each item once; {index} comes twice", "itemItemSimilarities");
            adjustments[index] = item.ItemScoreAdjustment;
            similar[index] =
            [
                .. item.SimilarItemList.Select(other => (Index(model, other.ItemId), other.SimilarityScore)),
            ];
        }
        if (ids is null)
            return;
        indices = new Dictionary<object, int>(count);
        for (int i = 0; i < count; i++)
            if (!indices.TryAdd(ids[i], i))
                throw model.Wrong($"takes different names of items; '{ids[i]}' comes twice", "itemStringIds");
    }

    /// <summary>What items are called by: strings or integers.</summary>
    public MLFeatureType IdType { get; }

    /// <summary>The number of an item by its name; -1 if there is none.</summary>
    public int IndexOf(object id) =>
        indices is not null ? indices.GetValueOrDefault(id, -1)
        : id is long number && number >= 0 && number < similar.Length ? (int)number
        : -1;

    /// <summary>The scores of all items.</summary>
    public double[] Score(IReadOnlyDictionary<int, double> given)
    {
        var scores = new double[similar.Length];
        foreach ((int item, double score) in given.OrderBy(entry => entry.Key))
            foreach ((int other, double similarity) in similar[item] ?? [])
                scores[other] += similarity * (score - adjustments[other]);
        return scores;
    }

    public MLFeatureValue Sequence(int[] items) => MLFeatureValue.FromSequence(IdType == MLFeatureType.String
        ? MLSequence.FromStrings(items.Select(item => (string)IdOf(item)))
        : MLSequence.FromInt64s(items.Select(item => (long)IdOf(item))));

    public MLFeatureValue Dictionary(int[] items, double[] scores) => IdType == MLFeatureType.String
        ? MLFeatureValue.FromDictionary(items.ToDictionary(item => (string)IdOf(item), item => scores[item]))
        : MLFeatureValue.FromDictionary(items.ToDictionary(item => (long)IdOf(item), item => scores[item]));

    private object IdOf(int item) => ids?[item] ?? (object)(long)item;

    private int Index(Interface model, ulong item) => item < (ulong)similar.Length
        ? (int)item
        : throw model.Wrong(
            $"takes items from 0 to {similar.Length - 1}; the file has {item}", "itemItemSimilarities");
}
