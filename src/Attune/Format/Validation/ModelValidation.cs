using Attune.Format.Specification;
using Type = Attune.Format.Specification.Model.TypeOneofCase;

namespace Attune.Format.Validation;

/// <summary>Checks a model against all rules.</summary>
/// <remarks>It calls itself for the models of pipelines, which are as deep as messages may be: fifty.</remarks>
internal static class ModelValidation
{
    /// <summary>What loading asks of a model, and Core ML's <c>Model::validate</c>.</summary>
    /// <param name="model">The model's message.</param>
    /// <param name="document">Holds the weights that the message does not.</param>
    /// <param name="severity">How much a rule weighs; null: it is not asked.</param>
    public static IReadOnlyList<MLFinding> Check(
        Model model, ModelDocument document, Func<ValidationRule, MLFindingSeverity?> severity)
    {
        var report = new ValidationReport(severity);
        CheckModel(new ValidatedModel(model, document, ""), report);
        return report.Findings;
    }

    /// <inheritdoc cref="Check(Model, ModelDocument, Func{ValidationRule, MLFindingSeverity?})"/>
    /// <param name="model">The model's message.</param>
    /// <param name="document">Holds the weights that the message does not.</param>
    /// <param name="profile">Whose rules.</param>
    public static IReadOnlyList<MLFinding> Check(Model model, ModelDocument document, MLValidationProfile profile) =>
        Check(model, document, rule => rule.Under(profile));

    /// <summary>Refuses a model that breaks rules which loading asks it to keep.</summary>
    /// <exception cref="MLModelFormatException">It breaks some; all findings are given.</exception>
    public static void Require(ModelDocument document)
    {
        IReadOnlyList<MLFinding> findings = Check(document.Model, document, MLValidationProfile.Default);
        if (findings.Any(finding => finding.Severity == MLFindingSeverity.Error))
            throw new MLModelFormatException(findings);
    }

    /// <summary>
    /// Only the rules of one type of model, without those of any model: Core ML's <c>validate&lt;T&gt;</c>.
    /// </summary>
    /// <param name="model">The model's message.</param>
    /// <param name="document">Holds the weights that the message does not.</param>
    /// <param name="type">The type that the model is taken for.</param>
    /// <param name="profile">Whose rules.</param>
    public static IReadOnlyList<MLFinding> CheckType(
        Model model, ModelDocument document, Type type, MLValidationProfile profile)
    {
        var report = new ValidationReport(rule => rule.Under(profile));
        var validated = new ValidatedModel(model, document, "");
        if (model.TypeCase != type)
            report.Check(TypeRules.OtherType, validated);
        else
        {
            if (TypeRules.LookAtFeatures(type))
                CheckFeatures(validated, report);
            CheckTypeOf(validated, report);
        }
        return report.Findings;
    }

    private static void CheckModel(ValidatedModel model, ValidationReport report)
    {
        report.Check(ModelRules.All, model);
        CheckFeatures(model, report);
        CheckTypeOf(model, report);
    }

    private static void CheckFeatures(ValidatedModel model, ValidationReport report)
    {
        IEnumerable<ValidatedFeature> features = model
            .Features("input", model.Description.Input, FeatureRole.Input)
            .Concat(model.Features("output", model.Description.Output, FeatureRole.Output))
            .Concat(model.Features("state", model.Description.State, FeatureRole.State));
        foreach (FunctionDescription function in model.Description.Functions)
            features = features
                .Concat(model.Features($"functions['{function.Name}'].input", function.Input, FeatureRole.Input))
                .Concat(model.Features($"functions['{function.Name}'].output", function.Output, FeatureRole.Output))
                .Concat(model.Features($"functions['{function.Name}'].state", function.State, FeatureRole.State));
        foreach (ValidatedFeature feature in features)
            report.Check(FeatureRules.All, feature);
    }

    private static void CheckTypeOf(ValidatedModel model, ValidationReport report)
    {
        report.Check(InterfaceRules.All, model);
        report.Check(TypeRules.Of(model.Model.TypeCase), model);
        if (NetworkSpecification.Of(model.Model) is { } network)
            NetworkValidation.Check(new ValidatedNetwork(model, network), report);
        IReadOnlyList<Model> stages = ModelFacts.Stages(model.Model);
        string path = $"{model.Where}{(model.Model.Pipeline is null ? ".pipeline" : "")}.models";
        for (int i = 0; i < stages.Count && !report.IsFull; i++)
            CheckModel(new ValidatedModel(stages[i], model.Document, $"{path}[{i}]"), report);
    }
}
