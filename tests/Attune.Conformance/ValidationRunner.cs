using Attune.Format;
using Attune.Format.Specification;
using Attune.Format.Validation;

namespace Attune.Conformance;

/// <summary>Compares what Core ML's validator says of a model with what ours says under the same rules.</summary>
internal static class ValidationRunner
{
    /// <summary>Runs a case of the mode <c>validate</c>.</summary>
    public static CaseResult Run(ConformanceCase source)
    {
        bool valid = source.Facts.GetProperty("expected").GetProperty("valid").GetBoolean();
        IReadOnlyList<MLFinding> findings = source.Facts.GetProperty("validator").GetString() == "validate<T>"
            ? OfType(source, (Model.TypeOneofCase)source.Facts.GetProperty("validator_type_case").GetInt32())
            : MLModelValidator.Validate(source.ReadModel(), MLValidationProfile.CoreML);
        return Judge(source, valid, findings);
    }

    /// <summary>Whether a model of any case is judged as Core ML's validator did; null if it was not asked.</summary>
    public static CaseResult? RunVerdict(ConformanceCase source)
    {
        if (!source.Facts.TryGetProperty("apple_validator", out var verdict) || !source.HasModelFile)
            return null;
        return Judge(
            source,
            verdict.GetProperty("valid").GetBoolean(),
            MLModelValidator.Validate(source.ReadModel(), MLValidationProfile.CoreML));
    }

    private static IReadOnlyList<MLFinding> OfType(ConformanceCase source, Model.TypeOneofCase type)
    {
        ModelDocument document = ModelDocument.Read(source.ReadModel());
        return ModelValidation.CheckType(document.Model, document, type, MLValidationProfile.CoreML);
    }

    private static CaseResult Judge(ConformanceCase source, bool valid, IReadOnlyList<MLFinding> findings)
    {
        MLFinding[] errors = [.. findings.Where(finding => finding.Severity == MLFindingSeverity.Error)];
        if ((errors.Length == 0) == valid)
            return CaseResult.Passed(source);
        return CaseResult.Failed(
            source, valid ? $"Core ML accepts it; found: {string.Join(" ", errors.Take(3))}" : "Core ML refuses it.");
    }
}
