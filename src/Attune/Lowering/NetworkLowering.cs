using Attune.Arrays;
using Attune.Format;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Layers;

namespace Attune.Lowering;

/// <summary>Makes a graph of the network in a model file.</summary>
internal sealed class NetworkLowering
{
    private readonly ModelDocument document;
    private readonly Model model;
    private readonly NetworkSpecification specification;
    private readonly MLModelDescription description;
    private readonly Dictionary<string, Value> values = [];
    private readonly List<Node> nodes = [];
    private readonly List<string> unsupported = [];

    private NetworkLowering(
        ModelDocument document, Model model, NetworkSpecification specification, MLModelDescription description)
    {
        this.document = document;
        this.model = model;
        this.specification = specification;
        this.description = description;
    }

    /// <exception cref="MLModelFormatException">The network contradicts itself.</exception>
    /// <exception cref="MLModelNotSupportedException">It has layers that cannot run; all are named.</exception>
    public static LoweredNetwork Lower(
        ModelDocument document, Model model, NetworkSpecification specification, MLModelDescription description) =>
        new NetworkLowering(document, model, specification, description).Lower();

    private LoweredNetwork Lower()
    {
        NetworkInput[] inputs =
            [.. model.Description.Input.Select(field => NetworkInput.Of(field, description, specification))];
        Value[] inputValues = [.. inputs.Select(input => values[input.Name] = new Value(input.Name))];

        Preprocessing.Lower(specification, model.Description.Input, values, nodes);
        foreach (NeuralNetworkLayer layer in specification.Layers)
            LowerLayer(layer);
        RefuseUnsupported();

        NetworkOutput[] outputs = [.. model.Description.Output.Where(IsValue).Select(ReadOutput)];
        Classifier? classifier = specification.Labels is { } labels ? new Classifier(description, labels) : null;
        IEnumerable<Value> wanted = outputs.Select(output => output.Value);
        if (classifier is not null)
            wanted = wanted.Append(ProbabilitiesValue());

        var lowered = new LoweredNetwork
        {
            Network = new Network(inputValues, nodes, [.. wanted]),
            Inputs = inputs,
            Outputs = outputs,
            Classifier = classifier,
            ValuesByName = values,
        };
        RequireShapes(lowered);
        return lowered;
    }

    private void LowerLayer(NeuralNetworkLayer layer)
    {
        if (!LayerCatalogue.Supports(layer))
        {
            unsupported.Add($"Layer '{layer.Name}' ({LayerKind.Of(layer)}) is not supported.");
            MakeOutputs(layer);
            return;
        }
        try
        {
            Layer read = LayerCatalogue.Read(new LayerSource(layer, document));
            if (!read.Arity.Allows(layer.Input.Count, layer.Output.Count))
                throw new MLModelFormatException(
                    $"{read} takes {read.Arity}; got {layer.Input.Count} and {layer.Output.Count}.", layer.Name);
            Value[] inputs = [.. layer.Input.Select(name => Find(layer, name))];
            nodes.Add(new Node(read, inputs, MakeOutputs(layer)));
        }
        catch (MLModelNotSupportedException refusal)
        {
            unsupported.AddRange(refusal.Reasons);
            MakeOutputs(layer);
        }
    }

    private Value[] MakeOutputs(NeuralNetworkLayer layer) =>
        [.. layer.Output.Select(name => values[name] = new Value(name))];

    private Value Find(NeuralNetworkLayer layer, string name) =>
        values.TryGetValue(name, out Value? value)
            ? value
            : throw new MLModelFormatException(
                $"Layer '{layer.Name}' ({LayerKind.Of(layer)}) takes '{name}', which is neither an input of the " +
                "model nor made by an earlier layer.",
                layer.Name);

    private void RefuseUnsupported()
    {
        if (unsupported.Count > 0)
            throw new MLModelNotSupportedException(
                $"The model cannot run: {string.Join(" ", unsupported)} Supported layers: docs/layers.md.",
                unsupported);
    }

    /// <summary>
    /// The label and the probabilities of a classifier are made of one value by <see cref="Classifier"/>.
    /// </summary>
    private bool IsValue(FeatureDescription output) =>
        specification.Labels is null
        || (output.Name != description.PredictedFeatureName && output.Name != description.PredictedProbabilitiesName);

    private NetworkOutput ReadOutput(FeatureDescription output)
    {
        if (!values.TryGetValue(output.Name, out Value? value))
            throw new MLModelFormatException($"The model's output '{output.Name}' is made by no layer.", output.Name);
        bool rank5 = specification.ArrayMapping == NeuralNetworkMultiArrayShapeMapping.Rank5ArrayMapping;
        return new NetworkOutput(output, description.OutputDescriptionsByName[output.Name], value, rank5);
    }

    private Value ProbabilitiesValue()
    {
        if (specification.ProbabilitiesName.Length > 0)
            return values.TryGetValue(specification.ProbabilitiesName, out Value? named)
                ? named
                : throw new MLModelFormatException(
                    $"The classifier reads its probabilities from '{specification.ProbabilitiesName}', " +
                    "which no layer makes.");
        if (nodes.Count == 0 || nodes[^1].Outputs.Count == 0)
            throw new MLModelFormatException("The classifier has no layer whose output could be its probabilities.");
        return nodes[^1].Outputs[0];
    }

    /// <summary>Finds contradictions between layers when the model is loaded, not when it first runs.</summary>
    private static void RequireShapes(LoweredNetwork lowered)
    {
        Dictionary<Value, Shape> shapes =
            lowered.Network.InferShapes([.. lowered.Inputs.Select(input => input.DefaultShape)]);
        if (lowered.Classifier is not { } classifier)
            return;
        Shape probabilities = shapes[lowered.Network.Outputs[^1]];
        if (classifier.Labels.Count == 0 || probabilities.Count != classifier.Labels.Count)
            throw new MLModelFormatException(
                $"The classifier has {classifier.Labels.Count} labels; the network makes " +
                $"{probabilities.Count} probabilities.");
    }
}
