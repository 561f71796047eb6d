using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>A rule that updatable networks keep.</summary>
/// <param name="Id">A stable name.</param>
/// <param name="Summary">The rule in one sentence.</param>
/// <param name="Violations">A sentence for every place where a network breaks it.</param>
internal sealed record UpdatableNetworkRule(
    string Id, string Summary, Func<UpdatableNetwork, IEnumerable<string>> Violations);

/// <summary>A rule that a model breaks, and how.</summary>
internal readonly record struct BrokenRule(string Id, string Message);

/// <summary>
/// What a network has to be so that Core ML accepts it as updatable. Where Core ML stops at the first violation, all
/// are found here. Source: semantics of updatable models, 3.3, whose numbers the comments give.
/// </summary>
internal static class UpdatableNetworkRules
{
    private const int UpdatableVersion = 4;

    private const string TypeRule = "updatable.type";

    public static IReadOnlyList<UpdatableNetworkRule> All { get; } =
    [
        // 1
        new("updatable.version", "The specification version is 4 or more.", Version),

        // 3 to 6
        new("updatable.layers.none", "At least one layer is updatable.", UpdatableLayerRules.Any),
        new("updatable.layers.kind", "Updatable layers are of types that can be trained.", UpdatableLayerRules.Kinds),
        new(
            "updatable.weights.encoding",
            "Updatable layers keep their numbers as float32.",
            UpdatableLayerRules.Encoding),
        new("updatable.weights.marked", "The numbers of updatable layers are marked too.", UpdatableLayerRules.Marks),
        new("updatable.names.unique", "Layers and loss layers all have different names.", UpdatableLayerRules.Names),

        // 7 to 10
        new("updatable.loss.count", "There is exactly one loss layer.", UpdatableLossRules.Count),
        new("updatable.loss.kind", "The loss is one of the two that exist.", UpdatableLossRules.Kind),
        new("updatable.loss.softmax", "A cross entropy judges the output of a softmax.", UpdatableLossRules.Softmax),
        new("updatable.loss.input", "A squared error judges a value that a layer makes.", UpdatableLossRules.Input),
        new("updatable.loss.target", "No layer makes the target of a loss.", UpdatableLossRules.Target),

        // 11 to 13
        new("updatable.optimizer.kind", "The optimizer is SGD or Adam.", UpdatableParameterRules.OptimizerKind),
        new(
            "updatable.parameters.missing",
            "Every parameter that is needed is there.",
            UpdatableParameterRules.Missing),
        new("updatable.parameters.positive", "Counts are positive.", UpdatableParameterRules.Positive),
        new("updatable.parameters.allowed", "Defaults are among the allowed values.", UpdatableParameterRules.Allowed),

        // 14
        new(
            "updatable.gradient.path",
            "Gradients reach every updatable layer before the loss.",
            UpdatableLossRules.Path),

        // 15
        new("updatable.training.inputs.count", "Training takes two or more inputs.", UpdatableTrainingRules.Count),
        new(
            "updatable.training.inputs.shared",
            "One of them is an input of predictions.",
            UpdatableTrainingRules.Shared),
        new("updatable.training.inputs.new", "One of them is not.", UpdatableTrainingRules.New),
        new(
            "updatable.training.inputs.target",
            "One of them is the loss's target or the label.",
            UpdatableTrainingRules.Target),
    ];

    /// <summary>
    /// Every rule that a model which is marked as updatable breaks. Only networks are looked at closely.
    /// </summary>
    /// <param name="model">The model's message.</param>
    /// <param name="document">Holds the weights that the message does not.</param>
    /// <param name="asCoreMLOnly">Whether only what Core ML trains may be trained.</param>
    public static IReadOnlyList<BrokenRule> Check(Model model, ModelDocument document, bool asCoreMLOnly)
    {
        if (NetworkSpecification.Of(model) is not { } specification)
            return OfType(model);
        var network = new UpdatableNetwork(model, specification, document, asCoreMLOnly);
        return
        [
            .. from rule in All from message in rule.Violations(network) select new BrokenRule(rule.Id, message),
        ];
    }

    private static IEnumerable<string> Version(UpdatableNetwork network)
    {
        if (network.Model.SpecificationVersion < UpdatableVersion)
            yield return $"An updatable model takes the specification version {UpdatableVersion} or more; " +
                $"got {network.Model.SpecificationVersion}.";
    }

    // 2
    private static BrokenRule[] OfType(Model model) => model.TypeCase switch
    {
        Model.TypeOneofCase.KNearestNeighborsClassifier
            or Model.TypeOneofCase.Pipeline
            or Model.TypeOneofCase.PipelineClassifier
            or Model.TypeOneofCase.PipelineRegressor => [],
        _ =>
        [
            new BrokenRule(
                TypeRule,
                "Neural networks, nearest-neighbours classifiers and pipelines that end in one can be updatable; " +
                "this model is of the type " +
                $"{ModelFacts.FieldName(model.TypeCase)}."),
        ],
    };
}
