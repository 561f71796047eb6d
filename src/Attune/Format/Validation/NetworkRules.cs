using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Rules on a network as a whole: its inputs and outputs, and the ranks that they are given.</summary>
internal static class NetworkRules
{
    public static IReadOnlyList<ValidationRule<ValidatedNetwork>> Interface { get; } =
    [
        new ValidationRule<ValidatedNetwork>(
            "network.mapping.arrays",
            "A network with layers of version 4 or later, or an image mapping of that version, maps arrays exactly.",
            "Set arrayInputShapeMapping to EXACT_ARRAY_MAPPING.",
            Mapping).Tolerated("Arrays are then given rank 5, as the file says."),
        new ValidationRule<ValidatedNetwork>(
            "network.outputs.none",
            "A network has an output.",
            "Describe an output.",
            NoOutputs).Tolerated("The model loads and describes itself."),
        new ValidationRule<ValidatedNetwork>(
            "network.layers.none",
            "A network has a layer.",
            "Add a layer.",
            NoLayers).Tolerated("A network may hand its inputs on."),
        new ValidationRule<ValidatedNetwork>(
            "network.inputs.optional",
            "A network has an input that is not optional, if it has any.",
            "Remove isOptional from an input.",
            AllOptional).Tolerated("Inputs that are left out take their default values."),
        new ValidationRule<ValidatedNetwork>(
            "network.inputs.type",
            "The inputs of a network are images and arrays.",
            "Convert the feature before the network, in a pipeline.",
            InputTypes).Tolerated("Attune takes numbers as arrays of one element; the network refuses others."),
        new(
            "network.outputs.type",
            "The outputs of a network that is no classifier or regressor are images and arrays.",
            "Correct the type of the output.",
            OutputTypes),
        new ValidationRule<ValidatedNetwork>(
            "network.inputs.rank",
            "An array has one axis or three, or, where arrays are mapped exactly, one or more, as many as the " +
            "range of " +
            "its sizes.",
            "Correct the shape, or map arrays exactly.",
            InputRanks).Tolerated("The network is refused when its values do not fit the layers."),
    ];

    public static IReadOnlyList<ValidationRule<ValidatedNetwork>> Results { get; } =
    [
        new(
            "network.outputs.made",
            "A layer makes each output, but for the label and the probabilities of a classifier.",
            "Rename the output, or the value that is meant.",
            OutputsMade),
        new(
            "network.probabilities.made",
            "A layer makes the probabilities that a classifier names.",
            "Correct labelProbabilityLayerName.",
            ProbabilitiesMade),
    ];

    private static IEnumerable<Flaw> Mapping(ValidatedNetwork network)
    {
        if (network.MapsArraysExactly || !network.ArrayInputs.Any())
            yield break;
        if (network.HasNewLayers)
            yield return new Flaw(
                "The network gives arrays rank 5; it has layers of version 4 or later, which take them as they are.",
                "arrayInputShapeMapping");
        if (network.MapsImagesExactly)
            yield return new Flaw(
                "The network gives arrays rank 5 and images rank 4; it takes one way for both.",
                "arrayInputShapeMapping");
    }

    private static IEnumerable<Flaw> NoOutputs(ValidatedNetwork network)
    {
        if (network.Description.Output.Count == 0)
            yield return new Flaw("A network takes one output or more; the description has none.");
    }

    private static IEnumerable<Flaw> NoLayers(ValidatedNetwork network)
    {
        if (network.Network.Layers.Count == 0)
            yield return new Flaw("A network takes one layer or more; got none.", "layers");
    }

    private static IEnumerable<Flaw> AllOptional(ValidatedNetwork network)
    {
        if (network.Description.Input.Count > 0
            && network.Description.Input.All(
                input => input.Type is { } type && (type.IsOptional || type.StateType is not null)))
            yield return new Flaw("A network takes an input that is not optional; all are.");
    }

    private static IEnumerable<Flaw> InputTypes(ValidatedNetwork network) =>
        from input in network.Description.Input
        where !IsNumbers(input)
        select new Flaw($"Input '{input.Name}' of a network takes an image or an array; got {input.Type?.TypeCase}.");

    private static IEnumerable<Flaw> OutputTypes(ValidatedNetwork network) =>
        network.Model.Model.NeuralNetwork is null
            ? []
            : from output in network.Description.Output
              where !IsNumbers(output)
              select new Flaw(
                  $"Output '{output.Name}' of a network is an image or an array; got {output.Type?.TypeCase}.");

    private static IEnumerable<Flaw> InputRanks(ValidatedNetwork network) =>
        from input in network.ArrayInputs
        let array = input.Type.MultiArrayType
        where !(network.IsExact ? FitsExactly(array) : FitsClassic(array))
        select new Flaw(
            $"Input '{input.Name}' takes {(network.IsExact ? "one axis or more" : "one axis or three")}; got " +
            $"[{string.Join('×', array.Shape)}].");

    private static IEnumerable<Flaw> OutputsMade(ValidatedNetwork network)
    {
        // Core ML asks this of networks and of classifiers.
        Model model = network.Model.Model;
        if (model.NeuralNetworkRegressor is not null)
            yield break;
        bool isClassifier = model.NeuralNetworkClassifier is not null;
        foreach (FeatureDescription output in network.Description.Output)
            if (!network.Makes(output.Name)
                && !(isClassifier && (output.Name == network.Description.PredictedFeatureName
                    || output.Name == network.Description.PredictedProbabilitiesName)))
                yield return new Flaw($"The model's output '{output.Name}' is made by no layer.", "layers");
    }

    private static IEnumerable<Flaw> ProbabilitiesMade(ValidatedNetwork network)
    {
        string name = network.Network.ProbabilitiesName;
        if (name.Length > 0 && !network.Makes(name))
            yield return new Flaw(
                $"The classifier takes its probabilities from '{name}', which no layer makes.",
                "labelProbabilityLayerName");
    }

    private static bool IsNumbers(FeatureDescription feature) =>
        feature.Type?.TypeCase is FeatureType.TypeOneofCase.ImageType or FeatureType.TypeOneofCase.MultiArrayType;

    private static bool FitsExactly(ArrayFeatureType array) =>
        array.Shape.Count > 0
        && (array.ShapeRange is not { } range || range.SizeRanges.Count == array.Shape.Count);

    private static bool FitsClassic(ArrayFeatureType array) => array switch
    {
        { Shape.Count: > 0 } => array.Shape.Count is 1 or 3,
        { EnumeratedShapes: { } list } => list.Shapes.All(shape => shape.Shape_.Count is 1 or 3),
        { ShapeRange: { } range } => range.SizeRanges.Count is 1 or 3,
        _ => false,
    };
}
