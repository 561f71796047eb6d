using Attune.Arrays;
using Attune.Format.Specification;

namespace Attune.Authoring;

public sealed partial class NetworkBuilder
{
    private readonly List<FeatureDescription> outputs = [];
    private ClassifierDraft? classifier;
    private string? predictedNumber;

    /// <summary>Makes a value of the network an output of the model, as an array.</summary>
    /// <param name="name">The value, which a layer has made before.</param>
    /// <param name="dataType">The type of the array's elements.</param>
    /// <remarks>A plain network without any output gets the last layer's.</remarks>
    /// <exception cref="ArgumentException">There is no such value, or it is an output already.</exception>
    public NetworkBuilder AddOutput(string name, MLMultiArrayDataType dataType = MLMultiArrayDataType.Float32)
    {
        if (!Enum.IsDefined(dataType))
            throw new ArgumentOutOfRangeException(
                nameof(dataType), dataType, "An array takes one of the five types of elements.");
        return AddOutput(Features.Array(name, shapes.FeatureShape(OutputShape(name)), dataType));
    }

    /// <summary>Makes a value of the network an output of the model, as an image of its size.</summary>
    /// <param name="name">The value, which a layer has made before: one channel or three, values from 0 to 255.</param>
    /// <param name="colorSpace">Its channels.</param>
    /// <exception cref="ArgumentException">There is no such value, it has other channels, or it is an output
    /// already.</exception>
    public NetworkBuilder AddImageOutput(string name, ImageColorSpace colorSpace = ImageColorSpace.Grayscale)
    {
        Shape shape = OutputShape(name);
        int channels = colorSpace is ImageColorSpace.Rgb or ImageColorSpace.Bgr ? 3 : 1;
        if (shape.Rank < 3 || shape[-3] != channels || shape.CountOf(0, shape.Rank - 3) != 1)
            throw new ArgumentException(
                $"An image output ({colorSpace}) takes a value of {channels} channels, rows and columns; " +
                $"'{name}' is {shape}.",
                nameof(name));
        return AddOutput(Features.Image(name, shape[-1], shape[-2], colorSpace));
    }

    /// <summary>Makes the network a classifier with strings as labels.</summary>
    /// <param name="labels">The labels, in the order of the probabilities; as many as these.</param>
    /// <param name="predictedFeatureName">The output that holds the likeliest label.</param>
    /// <param name="probabilitiesName">The output that holds all probabilities by label; null: there is none.</param>
    /// <param name="value"> The value that holds the probabilities. Default: the value named
    /// <paramref name="probabilitiesName"/>, or the last layer's output if there is no value of that name.
    /// </param>
    /// <exception cref="ArgumentException">The network is a classifier or regressor already.</exception>
    public NetworkBuilder Classifier(
        IReadOnlyList<string> labels,
        string predictedFeatureName = "classLabel",
        string? probabilitiesName = null,
        string? value = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Classifier(new ClassifierDraft([.. labels], true, predictedFeatureName, probabilitiesName, value));
    }

    /// <summary>Makes the network a classifier with whole numbers as labels.</summary>
    /// <inheritdoc cref="Classifier(IReadOnlyList{string}, string, string?, string?)"/>
    public NetworkBuilder Classifier(
        IReadOnlyList<long> labels,
        string predictedFeatureName = "classLabel",
        string? probabilitiesName = null,
        string? value = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Classifier(new ClassifierDraft([.. labels], false, predictedFeatureName, probabilitiesName, value));
    }

    /// <summary>Makes the network a regressor: one of its outputs is the prediction.</summary>
    /// <param name="predictedFeatureName">A value that a layer has made; becomes an output if it is none yet.</param>
    /// <param name="dataType">The type of the output's elements, if it is none yet.</param>
    /// <exception cref="ArgumentException">There is no such value, or the network is a classifier or regressor
    /// already.</exception>
    public NetworkBuilder Regressor(
        string predictedFeatureName, MLMultiArrayDataType dataType = MLMultiArrayDataType.Float32)
    {
        RequirePlain();
        if (!outputs.Exists(output => output.Name == predictedFeatureName))
            AddOutput(predictedFeatureName, dataType);
        predictedNumber = predictedFeatureName;
        return this;
    }

    private NetworkBuilder Classifier(ClassifierDraft draft)
    {
        RequirePlain();
        ArgumentException.ThrowIfNullOrEmpty(draft.PredictedFeatureName, "predictedFeatureName");
        if (draft.Value is { } value && !shapes.Contains(value))
            throw new ArgumentException(
                $"A classifier takes its probabilities from a value of the network; it has no value '{value}'.");
        classifier = draft;
        return this;
    }

    private void RequirePlain()
    {
        if (classifier is not null || predictedNumber is not null)
            throw new ArgumentException(
                "A network predicts one thing; this one is a " +
                $"{(classifier is null ? "regressor" : "classifier")} already.");
    }

    private Shape OutputShape(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (shapes.TryGet(name, out Shape? shape) && !inputs.Exists(input => input.Name == name))
            return shape;
        throw new ArgumentException(
            $"An output takes the name of a value that a layer has made; '{name}' is none.", nameof(name));
    }

    private NetworkBuilder AddOutput(FeatureDescription output)
    {
        if (outputs.Exists(other => other.Name == output.Name))
            throw new ArgumentException(
                $"An output takes a name of its own; the model already has an output '{output.Name}'.");
        outputs.Add(output);
        return this;
    }
}
