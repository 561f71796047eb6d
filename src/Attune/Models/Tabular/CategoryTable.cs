using System.Globalization;
using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>Texts or integers, each with its place in a list. Of equal ones the first counts.</summary>
internal sealed class CategoryTable
{
    private readonly Dictionary<string, int>? texts;
    private readonly Dictionary<long, int>? integers;

    /// <exception cref="MLModelFormatException">There is no list.</exception>
    public CategoryTable(Interface model, StringVector? texts, Int64Vector? integers, string field)
    {
        if (texts is not null)
            this.texts = Places(texts.Vector);
        else if (integers is not null)
            this.integers = Places(integers.Vector);
        else
            throw model.Wrong("takes a list of strings or of integers; the file has none", field);
        Count = texts?.Vector.Count ?? integers!.Vector.Count;
    }

    /// <summary>The length of the list.</summary>
    public int Count { get; }

    public MLFeatureType Type => texts is null ? MLFeatureType.Int64 : MLFeatureType.String;

    /// <summary>The place of a string or <see cref="long"/>, or of the same in the other form; -1 if it is not in the
    /// list.</summary>
    public int PlaceOf(object category)
    {
        if (texts is not null)
            return texts.GetValueOrDefault(Convert.ToString(category, CultureInfo.InvariantCulture)!, -1);
        bool isInteger = long.TryParse(
            Convert.ToString(category, CultureInfo.InvariantCulture),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out long integer);
        return isInteger ? integers!.GetValueOrDefault(integer, -1) : -1;
    }

    private static Dictionary<TKey, int> Places<TKey>(IList<TKey> list) where TKey : notnull
    {
        var places = new Dictionary<TKey, int>(list.Count);
        for (int i = 0; i < list.Count; i++)
            places.TryAdd(list[i], i);
        return places;
    }
}
