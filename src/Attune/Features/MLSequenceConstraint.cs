namespace Attune;

/// <summary>What a sequence feature takes. Core ML: <c>MLSequenceConstraint</c>.</summary>
public sealed class MLSequenceConstraint
{
    internal MLSequenceConstraint(MLFeatureType valueType, MLSizeRange countRange)
    {
        ValueDescription = new MLFeatureDescription("", valueType);
        CountRange = countRange;
    }

    /// <summary>What each element is: of type <see cref="MLFeatureType.String"/> or <see cref="MLFeatureType.Int64"/>,
    /// without a name.</summary>
    public MLFeatureDescription ValueDescription { get; }

    /// <summary>How many elements a sequence may have.</summary>
    public MLSizeRange CountRange { get; }

    internal bool IsAllowed(MLSequence sequence) =>
        sequence.Type == ValueDescription.Type && CountRange.Contains(sequence.Count);

    /// <summary>What is taken, for messages: <c>a sequence of 1 to 8 String values</c>.</summary>
    public override string ToString() => $"a sequence of {CountRange} {ValueDescription.Type} values";
}
