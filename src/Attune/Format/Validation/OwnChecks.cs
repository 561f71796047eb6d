namespace Attune.Format.Validation;

/// <summary>Rules whose breach Core ML refuses, and of which loading only warns.</summary>
internal static class OwnChecks
{
    /// <summary>Rules on what the implementation of a model's type looks at again when it is made: it refuses what it
    /// cannot compute with, and takes the rest.</summary>
    public static IReadOnlyList<ValidationRule<ValidatedModel>> Follow(
        IEnumerable<ValidationRule<ValidatedModel>> rules) =>
    [
        .. rules.Select(rule => rule.Default != MLFindingSeverity.Error
            ? rule
            : rule.Tolerated("Attune refuses what it cannot compute with when the model is made, and takes the rest.")),
    ];
}
