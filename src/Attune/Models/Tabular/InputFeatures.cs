namespace Attune.Models;

/// <summary>The features that one prediction is asked with.</summary>
internal readonly struct InputFeatures(IMLFeatureProvider features)
{
    /// <summary>The checked value of a feature; null if it is optional and missing.</summary>
    /// <exception cref="MLFeatureException">It is missing, or the model does not take it.</exception>
    public MLFeatureValue? Get(MLFeatureDescription description)
    {
        MLFeatureValue? value = features.GetFeatureValue(description.Name);
        if (!IsRow(value, description))
            description.Require(value, sampleIndex: null);
        return value is { IsUndefined: false } ? value : null;
    }

    /// <summary>A value of the right kind that the model cannot work with.</summary>
    /// <param name="name">Name of the feature.</param>
    /// <param name="expected">Begins with its verb.</param>
    /// <param name="got">A noun.</param>
    public static MLFeatureException Refusal(string name, string expected, string got) =>
        MLFeatureException.Of(name, expected, got);

    // These models see numbers in a row: a table of one row is the same row, and is what scikit-learn's users hold.
    private static bool IsRow(MLFeatureValue? value, MLFeatureDescription description) =>
        value?.MultiArrayValue is { } array
        && description.MultiArrayConstraint?.Shape is { Count: > 0 } shape
        && WithoutOnes(array.Shape).SequenceEqual(WithoutOnes(shape));

    private static IEnumerable<int> WithoutOnes(IEnumerable<int> shape) => shape.Where(size => size != 1);
}
