namespace Attune.Lowering;

/// <summary>The border between the caller's values and the engine: a value is what its description allows, or refused.</summary>
internal static class FeatureCheck
{
    /// <exception cref="MLFeatureException">The value is missing though it is not optional, or is not what the model takes.</exception>
    public static void Require(MLFeatureDescription description, MLFeatureValue? value, int? sample)
    {
        if (value is null && description.IsOptional)
            return;
        string? refusal = value is null
            ? $"Feature '{description.Name}' takes {description.Takes}; got nothing."
            : description.Refusal(value);
        if (refusal is not null)
            throw Refuse(description, refusal, value, sample);
    }

    private static MLFeatureException Refuse(
        MLFeatureDescription description, string refusal, MLFeatureValue? value, int? sample) => new(
        sample is null ? refusal : $"Sample {sample}: {refusal}")
        {
            SampleIndex = sample,
            FeatureName = description.Name,
            Expected = description.Takes,
            Got = value?.ToString() ?? "nothing",
        };
}
