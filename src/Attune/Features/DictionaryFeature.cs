using System.Collections.ObjectModel;

namespace Attune.Features;

/// <summary>
/// The numbers of a dictionary feature: keys are all texts or all integers. Integer keys are kept as
/// <see cref="long"/>, and found by any boxed <see cref="int"/> or <see cref="long"/> of the same number.
/// </summary>
internal sealed class DictionaryFeature : IEquatable<DictionaryFeature>
{
    private DictionaryFeature(MLFeatureType keyType, Dictionary<object, double> values)
    {
        KeyType = keyType;
        Values = new ReadOnlyDictionary<object, double>(values);
    }

    /// <summary><see cref="MLFeatureType.String"/> or <see cref="MLFeatureType.Int64"/>.</summary>
    public MLFeatureType KeyType { get; }

    public ReadOnlyDictionary<object, double> Values { get; }

    public static DictionaryFeature Of<TKey>(IReadOnlyDictionary<TKey, double> values) where TKey : notnull
    {
        var copy = new Dictionary<object, double>(values.Count, KeyComparer.Instance);
        foreach ((TKey key, double value) in values)
            copy[key] = value;
        return new DictionaryFeature(
            typeof(TKey) == typeof(string) ? MLFeatureType.String : MLFeatureType.Int64, copy);
    }

    public bool Equals(DictionaryFeature? other)
    {
        if (other is null || KeyType != other.KeyType || Values.Count != other.Values.Count)
            return false;
        foreach ((object key, double value) in Values)
            if (!other.Values.TryGetValue(key, out double otherValue) || !value.Equals(otherValue))
                return false;
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as DictionaryFeature);

    public override int GetHashCode() => HashCode.Combine(KeyType, Values.Count);

    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public static readonly KeyComparer Instance = new();

        public new bool Equals(object? x, object? y) => object.Equals(Widen(x), Widen(y));

        public int GetHashCode(object obj) => Widen(obj)!.GetHashCode();

        private static object? Widen(object? key) => key is int integer ? (long)integer : key;
    }
}
