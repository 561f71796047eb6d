using Attune.Format.Specification;
using Feature = Attune.Format.Specification.FeatureType.TypeOneofCase;
using Type = Attune.Format.Specification.Model.TypeOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on the features of a model that its type asks for: their number, their types, labels.</summary>
internal static class InterfaceRules
{
    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } = OwnChecks.Follow(
    [
        new(
            "interface.count",
            "A model has no more inputs and outputs than its type takes.",
            "Remove the others, or use a pipeline.",
            Count),
        new(
            "interface.type",
            "Inputs and outputs are of types that the model's type takes.",
            "Correct the types, or convert the features in a pipeline.",
            Types),
        new("classifier.labels", "A classifier has labels.", "Give stringClassLabels or int64ClassLabels.", Labels),
        new(
            "classifier.output",
            "A classifier names an output of the type of its labels as the predicted feature.",
            "Correct predictedFeatureName, or the type of that output.",
            LabelOutput),
        new(
            "classifier.probabilities",
            "Where a classifier names an output for probabilities, it is a dictionary, or an array.",
            "Correct predictedProbabilitiesName, or the type of that output.",
            Probabilities),
        new(
            "regressor.output",
            "A regressor names a number or an array among its outputs as the predicted feature.",
            "Correct predictedFeatureName, or the type of that output.",
            Value),
    ]);

    private static IEnumerable<Flaw> Count(ValidatedModel model)
    {
        (FeatureList inputs, FeatureList outputs) = ModelInterfaces.Of(model.Model);
        if (inputs.Most > 0 && model.Description.Input.Count > inputs.Most)
            yield return new Flaw($"A {model.Kind} takes {inputs.Most} inputs; got {model.Description.Input.Count}.");
        if (outputs.Most > 0 && model.Description.Output.Count > outputs.Most)
            yield return new Flaw(
                $"A {model.Kind} makes {outputs.Most} outputs; got {model.Description.Output.Count}.");
    }

    private static IEnumerable<Flaw> Types(ValidatedModel model)
    {
        (FeatureList inputs, FeatureList outputs) = ModelInterfaces.Of(model.Model);
        return Wrong(model, "Input", model.Description.Input, inputs)
            .Concat(Wrong(model, "Output", model.Description.Output, outputs));
    }

    private static IEnumerable<Flaw> Wrong(
        ValidatedModel model, string role, IEnumerable<FeatureDescription> features, FeatureList list) =>
        from feature in features
        let type = feature.Type?.TypeCase ?? Feature.None
        where list.Types.Length > 0 && !list.Types.Contains(type)
        select new Flaw(
            $"{role} '{feature.Name}' of a {model.Kind} is one of {string.Join(", ", list.Types)}; got {type}.");

    private static IEnumerable<Flaw> Labels(ValidatedModel model)
    {
        // Nearest neighbours have a label for each sample, and may be empty.
        if (ClassLabels.Of(model.Model) is { Count: 0 } && model.Model.KNearestNeighborsClassifier is null)
            yield return new Flaw("A classifier takes class labels; the file gives none.");
    }

    private static IEnumerable<Flaw> LabelOutput(ValidatedModel model)
    {
        if (ClassLabels.Of(model.Model) is not { } labels)
            yield break;
        Feature expected = labels.AreNumbers ? Feature.Int64Type : Feature.StringType;
        string name = model.Description.PredictedFeatureName;
        FeatureDescription? output = model.Description.Output.FirstOrDefault(output => output.Name == name);
        if (name.Length == 0 || output is null)
            yield return new Flaw($"A classifier takes the name of an output as its predicted feature; got '{name}'.");
        else if (output.Type?.TypeCase != expected)
            yield return new Flaw(
                $"Output '{name}' holds the label, {expected}; it is {output.Type?.TypeCase ?? Feature.None}.");
    }

    private static IEnumerable<Flaw> Probabilities(ValidatedModel model)
    {
        string name = model.Description.PredictedProbabilitiesName;
        if (ClassLabels.Of(model.Model) is null || name.Length == 0)
            yield break;
        FeatureDescription? output = model.Description.Output.FirstOrDefault(output => output.Name == name);
        if (output?.Type?.TypeCase is not (Feature.DictionaryType or Feature.MultiArrayType))
            yield return new Flaw(
                $"Output '{name}' holds the probabilities, a dictionary; it is " +
                $"{output?.Type?.TypeCase.ToString() ?? "not there"}.");
    }

    private static IEnumerable<Flaw> Value(ValidatedModel model)
    {
        if (model.Model.TypeCase
            is not (Type.GlmRegressor or Type.SupportVectorRegressor or Type.NeuralNetworkRegressor))
            yield break;
        string name = model.Description.PredictedFeatureName;
        FeatureDescription? output = model.Description.Output.FirstOrDefault(output => output.Name == name);
        if (name.Length == 0 || output?.Type?.TypeCase is not (Feature.DoubleType or Feature.MultiArrayType))
            yield return new Flaw(
                $"A regressor takes the name of an output that is a number or an array; got '{name}'.");
    }
}
