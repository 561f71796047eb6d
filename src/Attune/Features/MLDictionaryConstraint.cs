namespace Attune;

/// <summary>What a dictionary feature takes. Core ML: <c>MLDictionaryConstraint</c>.</summary>
public sealed class MLDictionaryConstraint
{
    internal MLDictionaryConstraint(MLFeatureType keyType) => KeyType = keyType;

    /// <summary>The kind of the keys: <see cref="MLFeatureType.String"/> or <see cref="MLFeatureType.Int64"/>. Values
    /// are doubles.</summary>
    public MLFeatureType KeyType { get; }

    // A dictionary without entries has no keys of the wrong kind.
    internal bool IsAllowed(MLFeatureValue value) =>
        value.DictionaryValue.Count == 0 || value.DictionaryKeyType == KeyType;

    /// <summary>What is taken, for messages: <c>a dictionary with String keys</c>.</summary>
    public override string ToString() => $"a dictionary with {KeyType} keys";
}
