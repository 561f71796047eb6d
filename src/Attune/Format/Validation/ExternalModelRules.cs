using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Rules on models whose substance is elsewhere.</summary>
internal static class ExternalModelRules
{
    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } = OwnChecks.Follow(
    [
        new("custom.class", "A custom model names its class.", "Set className.", CustomClass),
        new(
            "custom.parameters",
            "The parameters of a custom model have names and values.",
            "Name the parameters, and set their values.",
            CustomParameters),
        new("linked.file", "A linked model names a file.", "Set linkedModelFileName.", LinkedFile),
    ]);

    private static IEnumerable<Flaw> CustomClass(ValidatedModel model)
    {
        if (model.Model.CustomModel is { ClassName.Length: 0 })
            yield return new Flaw("A custom model takes the name of a class; got none.", "className");
    }

    private static IEnumerable<Flaw> CustomParameters(ValidatedModel model) =>
        from parameter in model.Model.CustomModel?.Parameters ?? []
        where parameter.Key.Length == 0
            || parameter.Value.ValueCase == CustomModel.Types.CustomModelParamValue.ValueOneofCase.None
        select new Flaw($"Parameter '{parameter.Key}' takes a name and a value; it lacks one.", "parameters");

    private static IEnumerable<Flaw> LinkedFile(ValidatedModel model)
    {
        if (model.Model.LinkedModel is { } link
            && (link.LinkedModelFile?.LinkedModelFileName?.DefaultValue ?? "").Length == 0)
            yield return new Flaw("A linked model takes the name of a file; got none.", "linkedModelFile");
    }
}
