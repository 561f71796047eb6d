namespace Attune.Lowering;

/// <summary>
/// The border between the caller's values and the engine: a value is what its description allows, or refused.
/// </summary>
internal static class FeatureCheck
{
    /// <exception cref="MLFeatureException">The value is missing though it is not optional, or is not what the model
    /// takes.</exception>
    public static void Require(MLFeatureDescription description, MLFeatureValue? value, int? sample)
    {
        if (description.RefusalException(value, sample) is { } refusal)
            throw refusal;
    }
}
