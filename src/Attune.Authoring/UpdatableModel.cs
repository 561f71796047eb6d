using Attune.Arrays;
using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>
/// An existing neural network that is made updatable, or gets another loss, optimizer or description. Everything that
/// is not asked for stays as it was: weights, layers, and fields that Attune does not know.
/// </summary>
/// <example><code>
/// UpdatableModel.Open("Digits.mlmodel")
///     .MakeUpdatable("dense_1", "dense_2")
///     .CategoricalCrossEntropyLoss("loss")
///     .Sgd(learningRate: 0.01, miniBatchSize: 32)
///     .Epochs(10)
///     .Save("UpdatableDigits.mlmodel");
/// </code></example>
public sealed class UpdatableModel : ModelDraft<UpdatableModel>
{
    private readonly ModelDocument document;
    private readonly ValueShapes? shapes;
    private HeadDraft? head;

    private UpdatableModel(ModelDocument document)
    {
        this.document = document;
        shapes =
            NetworkSpecification.Of(document.Model) is { } network ? Follow(document.Model, network, document) : null;
    }

    private protected override UpdatableModel This => this;

    /// <summary>Opens a model file or directory.</summary>
    /// <param name="path">A <c>.mlmodel</c>, <c>.mlpackage</c> or <c>.mlmodelc</c>.</param>
    /// <param name="profile">What may be trained: see <see cref="ModelDraft{TDraft}.Profile"/>.</param>
    /// <exception cref="IOException">There is nothing at <paramref name="path"/>, or it cannot be read.</exception>
    /// <exception cref="MLModelFormatException">It is no model.</exception>
    /// <exception cref="MLModelNotSupportedException">It was compiled by Apple's tools.</exception>
    public static UpdatableModel Open(string path, MLUpdateProfile profile = MLUpdateProfile.CoreML)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new UpdatableModel(ModelStore.Open(path).Document) { Profile = profile };
    }

    /// <summary>Takes a model in memory, which is not changed.</summary>
    /// <param name="model">Any model; <see cref="ModelDraft{TDraft}.Build"/> refuses those that cannot be
    /// updatable.</param>
    /// <param name="profile">What may be trained: see <see cref="ModelDraft{TDraft}.Profile"/>.</param>
    public static UpdatableModel Open(MLModel model, MLUpdateProfile profile = MLUpdateProfile.CoreML)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new UpdatableModel(model.ToDocument()) { Profile = profile };
    }

    /// <summary>
    /// Replaces the classes of a neural network classifier: the layer whose outputs become the probabilities gets one
    /// output for each new class, with new numbers; everything before it keeps what it has learnt. Mark that layer with
    /// <see cref="ModelDraft{TDraft}.MakeUpdatable"/> and train it: until then the classes are guessed.
    /// </summary>
    /// <param name="labels">Two or more, all different; whole numbers if the classifier's labels are integers.</param>
    /// <param name="weights">The layer's weights. Default: <see cref="Initializer.GlorotUniform"/> with seed 1. Biases
    /// are 0.</param>
    public UpdatableModel ReplaceClasses(IEnumerable<string> labels, Initializer? weights = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        head = new HeadDraft([.. labels], weights ?? Initializer.GlorotUniform(seed: 1));
        return this;
    }

    /// <summary>The name of the layer that <see cref="ReplaceClasses"/> replaces; null if the model has none.</summary>
    public string? HeadLayerName => document.Model.NeuralNetworkClassifier is { } network
        ? HeadDraft.HeadOf(network)?.Name
        : null;

    internal static UpdatableModel Of(ModelDocument document) => new(document);

    private protected override Composition Begin()
    {
        Model model = document.Model.Clone();
        model.Description ??= new ModelDescription();
        var made = new Composition(model, document, model.SpecificationVersion);
        made.Problems.AddRange(head?.ApplyTo(model) ?? []);
        return made;
    }

    // The declared shape of an output counts; only inner values have to be followed.
    private protected override int[]? FeatureShapeOf(string value)
    {
        FeatureDescription? output = document.Model.Description?.Output.FirstOrDefault(output => output.Name == value);
        if (output?.Type?.MultiArrayType is { Shape.Count: > 0 } array)
            return [.. array.Shape.Select(size => (int)Math.Clamp(size, 0, int.MaxValue))];
        return shapes is not null && shapes.TryGet(value, out Shape? shape) ? shapes.FeatureShape(shape) : null;
    }

    /// <summary>
    /// Shapes as far as layers are supported: a layer that is not ends the way, since marking layers needs no shapes.
    /// </summary>
    private static ValueShapes Follow(Model model, NetworkSpecification network, ModelDocument document)
    {
        var shapes = new ValueShapes(network.ArrayMapping, network.ImageMapping, document);
        try
        {
            foreach (FeatureDescription input in model.Description?.Input ?? [])
                shapes.AddInput(input);
            foreach (NeuralNetworkLayer layer in network.Layers)
                if (layer.Input.All(shapes.Contains))
                    shapes.AddLayer(layer);
        }
        catch (Exception refusal) when (refusal is MLModelFormatException or MLModelNotSupportedException)
        {
            return shapes;
        }
        return shapes;
    }
}
