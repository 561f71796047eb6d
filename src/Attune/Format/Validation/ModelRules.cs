using Attune.Format.Specification;
using Google.Protobuf.Collections;
using Type = Attune.Format.Specification.Model.TypeOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on any model, whatever its type.</summary>
internal static class ModelRules
{
    private const int Updatable = 4;
    private const int DefaultValues = 5;
    private const int Functions = 9;
    private const int Newest = 10;

    private const string OwnWay = "The model loads and describes itself.";

    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } =
    [
        new ValidationRule<ValidatedModel>(
            "model.version.missing",
            "A model says which version of the format it is of.",
            "Set specificationVersion.",
            VersionMissing).Tolerated("What the model holds does not depend on the version."),
        new ValidationRule<ValidatedModel>(
            "model.version.newer",
            "A model is of version 10 of the format at most.",
            "Use a later version of Attune if the model does not run.",
            VersionNewer).Tolerated("Newer models load where their content is understood."),
        new ValidationRule<ValidatedModel>(
            "model.type.missing",
            "A model is of a type that is known.",
            "Set the model's type, or use a later version of Attune.",
            TypeMissing).Tolerated(OwnWay),
        new ValidationRule<ValidatedModel>(
            "model.inputs.none",
            "A model has an input, unless it is a network, a pipeline or a program.",
            "Describe an input.",
            NoInputs).Tolerated(OwnWay),
        new ValidationRule<ValidatedModel>(
            "model.outputs.none", "A model has an output.", "Describe an output.", NoOutputs).Tolerated(OwnWay),
        new ValidationRule<ValidatedModel>(
            "model.functions.type",
            "Only programs have several functions, from version 9.",
            "Remove the functions.",
            FunctionsType).Tolerated(OwnWay),
        new ValidationRule<ValidatedModel>(
            "model.functions.default",
            "The default function is one of the model's.",
            "Correct defaultFunctionName.",
            DefaultFunction).Tolerated(OwnWay),
        new ValidationRule<ValidatedModel>(
            "model.functions.alone",
            "A model with several functions describes features in each of them and nowhere else.",
            "Move the features into the functions.",
            FunctionsAlone).Tolerated(OwnWay),
        new ValidationRule<ValidatedModel>(
            "model.states.type",
            "Only programs have states.",
            "Remove the states.",
            States).Tolerated(OwnWay),
        new ValidationRule<ValidatedModel>(
            "updatable.version",
            "The specification version of an updatable model is 4 or more.",
            "Set specificationVersion to 4 or more.",
            UpdatableVersion).Tolerated("What the model holds does not depend on the version."),
        new ValidationRule<ValidatedModel>(
            "updatable.type",
            "Updatable models are networks, nearest-neighbours classifiers, and pipelines.",
            "Clear isUpdatable.",
            UpdatableType).Tolerated("A model that cannot learn still predicts; an update task refuses it."),
        new ValidationRule<ValidatedModel>(
            "model.inputs.optional",
            "Inputs are optional only in models that can do without.",
            "Clear isOptional.",
            OptionalInputs).Tolerated("A value that is missing is refused when the model is asked to predict."),
        new ValidationRule<ValidatedModel>(
            "model.outputs.optional",
            "No output is optional.",
            "Clear isOptional.",
            OptionalOutputs).Tolerated("It makes no difference."),
        new ValidationRule<ValidatedModel>(
            "model.inputs.default",
            "Default values are for optional inputs of networks and programs, from version 5.",
            "Remove the default value, or raise the specification version.",
            InputDefaults).Tolerated("They are taken where they stand."),
    ];

    private static IEnumerable<Flaw> VersionMissing(ValidatedModel model)
    {
        if (model.Model.SpecificationVersion == 0)
            yield return new Flaw($"A model takes a specification version; the file gives none.");
    }

    private static IEnumerable<Flaw> VersionNewer(ValidatedModel model)
    {
        if (model.Model.SpecificationVersion > Newest)
            yield return new Flaw(
                $"The model is of specification version {model.Model.SpecificationVersion}; " +
                $"versions up to {Newest} are known.");
    }

    private static IEnumerable<Flaw> TypeMissing(ValidatedModel model)
    {
        if (model.Model.TypeCase == Type.None)
            yield return new Flaw("A model takes a type; the file gives none that is known.");
    }

    private static IEnumerable<Flaw> NoInputs(ValidatedModel model)
    {
        bool needsOne = model.Model.TypeCase is not (Type.NeuralNetwork or Type.NeuralNetworkClassifier
            or Type.NeuralNetworkRegressor or Type.Pipeline or Type.PipelineClassifier or Type.PipelineRegressor
            or Type.MlProgram);
        if (needsOne && model.Description.Input.Count == 0 && !HasFunctions(model))
            yield return new Flaw($"A {model.Kind} takes one input or more; the description has none.");
    }

    private static IEnumerable<Flaw> NoOutputs(ValidatedModel model)
    {
        if (model.Description.Output.Count == 0 && !HasFunctions(model))
            yield return new Flaw("A model takes one output or more; the description has none.");
    }

    private static IEnumerable<Flaw> FunctionsType(ValidatedModel model)
    {
        if (!HasFunctions(model))
            yield break;
        if (model.Model.TypeCase != Type.MlProgram)
            yield return new Flaw($"A {model.Kind} takes one function; the description lists several.");
        if (model.Model.SpecificationVersion < Functions)
            yield return new Flaw(
                $"Several functions take specification version {Functions} or more; " +
                $"got {model.Model.SpecificationVersion}.");
    }

    private static IEnumerable<Flaw> DefaultFunction(ValidatedModel model)
    {
        string name = model.Description.DefaultFunctionName;
        if (HasFunctions(model) && model.Description.Functions.All(function => function.Name != name))
            yield return new Flaw($"The default function '{name}' is none of the model's functions.");
    }

    private static IEnumerable<Flaw> FunctionsAlone(ValidatedModel model)
    {
        ModelDescription description = model.Description;
        if (HasFunctions(model)
            && (description.Input.Count > 0 || description.Output.Count > 0 || description.State.Count > 0
                || description.TrainingInput.Count > 0 || description.PredictedFeatureName.Length > 0
                || description.PredictedProbabilitiesName.Length > 0))
            yield return new Flaw(
                "A model with several functions describes features in each; this one does so outside.");
    }

    private static IEnumerable<Flaw> States(ValidatedModel model)
    {
        if (model.Description.State.Count > 0 && model.Model.TypeCase != Type.MlProgram)
            yield return new Flaw(
                $"A {model.Kind} takes no states; the description has {model.Description.State.Count}.");
    }

    private static IEnumerable<Flaw> UpdatableVersion(ValidatedModel model)
    {
        if (model.Model.IsUpdatable && model.Model.SpecificationVersion < Updatable)
            yield return new Flaw(
                $"An updatable model takes the specification version {Updatable} or more; " +
                $"got {model.Model.SpecificationVersion}.");
    }

    private static IEnumerable<Flaw> UpdatableType(ValidatedModel model)
    {
        if (model.Model.IsUpdatable
            && model.Model.TypeCase is not (Type.NeuralNetwork or Type.NeuralNetworkClassifier
                or Type.NeuralNetworkRegressor or Type.KNearestNeighborsClassifier or Type.Pipeline
                or Type.PipelineClassifier or Type.PipelineRegressor))
            yield return new Flaw(
                "Neural networks, nearest-neighbours classifiers and pipelines that end in one can be updatable; " +
                $"this model is of the type {model.Kind}.");
    }

    private static IEnumerable<Flaw> OptionalInputs(ValidatedModel model)
    {
        RepeatedField<FeatureDescription> inputs = model.Description.Input;
        switch (model.Model.TypeCase)
        {
            case Type.Imputer or Type.TreeEnsembleClassifier or Type.TreeEnsembleRegressor or Type.Pipeline
                or Type.PipelineClassifier or Type.PipelineRegressor or Type.ItemSimilarityRecommender or Type.Identity:
                break;
            case Type.NeuralNetwork or Type.NeuralNetworkClassifier or Type.NeuralNetworkRegressor
                or Type.SerializedModel or Type.MlProgram:
                if (inputs.Count > 0 && inputs.All(input => input.Type is { IsOptional: true, StateType: null }))
                    yield return new Flaw($"A {model.Kind} takes an input that is not optional; all are.");
                break;
            default:
                foreach (FeatureDescription input in inputs.Where(input => input.Type?.IsOptional == true))
                    yield return new Flaw($"Input '{input.Name}' of a {model.Kind} is optional; none may be.");
                break;
        }
    }

    private static IEnumerable<Flaw> OptionalOutputs(ValidatedModel model) =>
        from output in model.Description.Output
        where output.Type?.IsOptional == true
        select new Flaw($"Output '{output.Name}' is optional; outputs are always there.");

    private static IEnumerable<Flaw> InputDefaults(ValidatedModel model)
    {
        bool mayHave = model.Model.TypeCase is Type.NeuralNetwork or Type.NeuralNetworkClassifier
            or Type.NeuralNetworkRegressor or Type.SerializedModel or Type.MlProgram;
        foreach (FeatureDescription input in model.Description.Input)
        {
            if (input.Type is not { IsOptional: true, MultiArrayType: { } array }
                || array.DefaultOptionalValueCase == ArrayFeatureType.DefaultOptionalValueOneofCase.None)
                continue;
            if (!mayHave)
                yield return new Flaw($"Input '{input.Name}' of a {model.Kind} takes no default value; got one.");
            else if (model.Model.SpecificationVersion < DefaultValues)
                yield return new Flaw(
                    $"Input '{input.Name}' has a default value, which takes specification version {DefaultValues} or " +
                    $"more; got {model.Model.SpecificationVersion}.");
        }
    }

    private static bool HasFunctions(ValidatedModel model) =>
        model.Description.Functions.Count > 0 || model.Description.DefaultFunctionName.Length > 0;
}
