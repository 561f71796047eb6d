namespace Attune.Format.Validation;

/// <summary>
/// What a network has to be so that Core ML accepts it as updatable. Source: semantics of updatable models, 3.3, whose
/// numbers the comments give.
/// </summary>
internal static class UpdatableNetworkRules
{
    private const string StillPredicts = "A model that cannot learn still predicts; an update task refuses it.";

    private const string AnyGradient = "Attune trains every layer with weights, through every layer with a gradient.";

    public static IReadOnlyList<ValidationRule<UpdatableNetwork>> All { get; } =
    [
        // 3 to 6
        Rule("layers.none", "At least one layer is updatable.", "Mark a layer.", UpdatableLayerRules.Any),
        new ValidationRule<UpdatableNetwork>(
            "updatable.layers.kind",
            "Updatable layers are of types that Core ML trains.",
            "Do not mark the layer.",
            UpdatableLayerRules.Kinds).OfCoreMLOnly(AnyGradient),
        Rule(
            "weights.quantized",
            "Updatable layers have no quantized numbers.",
            "Store them as float32.",
            UpdatableLayerRules.Quantized),
        Rule(
            "weights.encoding",
            "Updatable layers keep their numbers as float32.",
            "Store them as float32.",
            UpdatableLayerRules.Half) with
        {
            CoreML = null,
            Reason = "Core ML's validator lets float16 pass; its tools refuse to make such a model updatable.",
        },
        Rule(
            "weights.marked",
            "The numbers of updatable layers are marked too.",
            "Mark them.",
            UpdatableLayerRules.Marks),
        Rule(
            "names.unique",
            "Layers and loss layers all have different names.",
            "Rename all but one.",
            UpdatableLayerRules.Names),

        // 7 to 10
        Rule("loss.count", "There is exactly one loss layer.", "Keep one loss layer.", UpdatableLossRules.Count),
        Rule("loss.kind", "The loss is one of the two that exist.", "Set one of them.", UpdatableLossRules.Kind),
        Rule(
            "loss.softmax",
            "A cross entropy judges the output of a softmax.",
            "Let the loss judge the output of a softmax layer.",
            UpdatableLossRules.Softmax),
        Rule(
            "loss.input",
            "A squared error judges a value that a layer makes.",
            "Let the loss judge the output of a layer.",
            UpdatableLossRules.Input),
        Rule("loss.target", "No layer makes the target of a loss.", "Rename the target.", UpdatableLossRules.Target),

        // 11 to 13
        Rule(
            "optimizer.kind",
            "The optimizer is SGD or Adam.",
            "Set one of them.",
            UpdatableParameterRules.OptimizerKind),
        Rule(
            "parameters.missing",
            "Every parameter that is needed is there.",
            "Add the parameter.",
            UpdatableParameterRules.Missing),
        Rule("parameters.positive", "Counts are positive.", "Set them to 1 or more.", UpdatableParameterRules.Positive),
        Rule(
            "parameters.set",
            "All values that a count may have are positive.",
            "Remove the others.",
            UpdatableParameterRules.PositiveBehindDefault) with
        {
            CoreML = null,
            Reason = "Core ML's validator looks at a set up to the default only.",
        },
        Rule(
            "parameters.allowed",
            "Defaults are among the allowed values.",
            "Allow the default, or choose another.",
            UpdatableParameterRules.Allowed),

        // 14
        new ValidationRule<UpdatableNetwork>(
            "updatable.gradient.path",
            "Gradients reach every updatable layer before the loss.",
            "Do not mark layers before the obstacle.",
            UpdatableLossRules.Path).OfCoreMLOnly(AnyGradient),
        new ValidationRule<UpdatableNetwork>(
            "updatable.gradient.branch",
            "No obstacle on another path comes before an updatable layer.",
            "Do not mark layers before the obstacle.",
            UpdatableLossRules.Branch).OfCoreMLOnly("Paths are told apart."),

        // 15
        Rule(
            "training.inputs.count",
            "Training takes two or more inputs.",
            "Describe the inputs and the target as training inputs.",
            UpdatableTrainingRules.Count),
        Rule(
            "training.inputs.shared",
            "One of them is an input of predictions.",
            "Add an input of predictions.",
            UpdatableTrainingRules.Shared),
        Rule("training.inputs.new", "One of them is not.", "Add the target.", UpdatableTrainingRules.New),
        Rule(
            "training.inputs.target",
            "One of them is the loss's target or the label.",
            "Add it, with the type that it has.",
            UpdatableTrainingRules.Target),
    ];

    private static ValidationRule<UpdatableNetwork> Rule(
        string id, string summary, string remedy, Func<UpdatableNetwork, IEnumerable<Flaw>> flaws) =>
        new ValidationRule<UpdatableNetwork>($"updatable.{id}", summary, remedy, flaws).Tolerated(StillPredicts);
}
