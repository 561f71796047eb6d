namespace Attune;

/// <summary>Whose rules a model is judged by.</summary>
public enum MLValidationProfile
{
    /// <summary>
    /// What Attune needs in order to load a model. What Core ML wants beyond that gives warnings, or nothing;
    /// docs/validation.md has the reason for each rule.
    /// </summary>
    Default,

    /// <summary>What Core ML accepts, as the validator of Apple's tools decides it.</summary>
    CoreML,
}
