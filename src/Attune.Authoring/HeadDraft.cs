using System.Globalization;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Format.Validation;

namespace Attune.Authoring;

/// <summary>New classes for a classifier, and new numbers for the layer that tells them apart.</summary>
/// <param name="Labels">Strings or integers, whichever the classifier has.</param>
/// <param name="Weights">Where the layer's weights come from.</param>
internal sealed record HeadDraft(string[] Labels, Initializer Weights)
{
    private const string Rule = "classifier.head";

    // What may stand between the head and the probabilities: layers that keep the number of values as it is, or the
    // number of channels.
    private static readonly HashSet<NeuralNetworkLayer.LayerOneofCase> Passed =
    [
        NeuralNetworkLayer.LayerOneofCase.Softmax, NeuralNetworkLayer.LayerOneofCase.SoftmaxND,
        NeuralNetworkLayer.LayerOneofCase.Activation, NeuralNetworkLayer.LayerOneofCase.Flatten,
        NeuralNetworkLayer.LayerOneofCase.FlattenTo2D, NeuralNetworkLayer.LayerOneofCase.Squeeze,
        NeuralNetworkLayer.LayerOneofCase.ExpandDims,
    ];

    /// <summary>Writes the classes and the layer into the message.</summary>
    /// <returns>What cannot be written.</returns>
    public IEnumerable<ModelProblem> ApplyTo(Model model)
    {
        if (model.NeuralNetworkClassifier is not { } network)
            return [new ModelProblem(Rule, "New classes are for neural network classifiers; this model is none.")];
        if (HeadOf(network) is not { } head)
            return
            [
                new ModelProblem(
                    Rule,
                    "New classes take a network that ends in an innerProduct or a convolution, with only a global "
                    + $"pooling, a flattening, an activation or a softmax behind it; {Found(network)}."),
            ];
        if (Labels.Length < 2 || Labels.Distinct().Count() < Labels.Length)
            return [new ModelProblem(Rule, "A classifier takes two or more classes, all different.")];
        if (!WriteLabels(network))
            return [new ModelProblem(Rule, "The classifier's labels are whole numbers; give whole numbers.")];
        WriteLayer(head);
        return [];
    }

    /// <summary>The layer that makes one value for each class; null if it is none that can be replaced.</summary>
    public static NeuralNetworkLayer? HeadOf(NeuralNetworkClassifier network) =>
        EndOf(network) is { } end && IsReplaceable(end) ? end : null;

    // The last layer that does more than to pass its values on.
    private static NeuralNetworkLayer? EndOf(NeuralNetworkClassifier network)
    {
        string value = network.LabelProbabilityLayerName.Length > 0
            ? network.LabelProbabilityLayerName
            : Networks.LastValue(network.Layers);
        for (int i = network.Layers.Count - 1; i >= 0; i--)
        {
            NeuralNetworkLayer layer = network.Layers[i];
            if (!layer.Output.Contains(value))
                continue;
            if (!Passes(layer))
                return layer;
            value = layer.Input[0];
        }
        return null;
    }

    private static bool IsReplaceable(NeuralNetworkLayer layer) =>
        layer.InnerProduct is not null || layer.Convolution is { IsDeconvolution: false, NGroups: <= 1 };

    private static bool Passes(NeuralNetworkLayer layer) => layer.Input.Count == 1
        && (Passed.Contains(layer.LayerCase) || layer.Pooling is { GlobalPooling: true });

    private static string Found(NeuralNetworkClassifier network) => EndOf(network) is { } end
        ? $"{UpdatableNetwork.Name(end)} stands there"
        : "no layer stands there";

    private bool WriteLabels(NeuralNetworkClassifier network)
    {
        if (network.ClassLabelsCase != NeuralNetworkClassifier.ClassLabelsOneofCase.Int64ClassLabels)
        {
            network.StringClassLabels = new StringVector { Vector = { Labels } };
            return true;
        }
        var numbers = new Int64Vector();
        foreach (string label in Labels)
        {
            if (!long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
                return false;
            numbers.Vector.Add(number);
        }
        network.Int64ClassLabels = numbers;
        return true;
    }

    private void WriteLayer(NeuralNetworkLayer head)
    {
        int classes = Labels.Length;
        if (head.InnerProduct is { } dense)
        {
            dense.OutputChannels = (ulong)classes;
            dense.Weights = Make(head, "innerProduct", [classes, checked((int)dense.InputChannels)]);
            dense.HasBias = true;
            dense.Bias = Zeros(classes);
            return;
        }
        ConvolutionLayerParams filters = head.Convolution;
        int height = filters.KernelSize.Count == 2 ? checked((int)filters.KernelSize[0]) : 3;
        int width = filters.KernelSize.Count == 2 ? checked((int)filters.KernelSize[1]) : 3;
        filters.OutputChannels = (ulong)classes;
        filters.Weights = Make(
            head, "convolution", [classes, checked((int)filters.KernelChannels), height, width]);
        filters.HasBias = true;
        filters.Bias = Zeros(classes);
    }

    private WeightParams Make(NeuralNetworkLayer head, string kind, ReadOnlySpan<int> shape)
    {
        if (!Shape.TryOf(shape, out Shape? whole))
            throw new ArgumentException($"Layer '{head.Name}' ({kind}) takes a number of classes that fits memory.");
        return new WeightParams
        {
            FloatValue = { Weights.Make(head.Name, kind, "weights", whole) },
            IsUpdatable = head.IsUpdatable,
        };
    }

    private static WeightParams Zeros(int count) => new() { FloatValue = { new float[count] } };
}
