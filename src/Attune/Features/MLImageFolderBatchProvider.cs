using System.Globalization;
using Attune.Codecs;
using Attune.Features;
using Attune.Runtime;

namespace Attune;

/// <summary>
/// A folder of images as a batch of samples: each image is read when it is asked for, brought to the model's size, and
/// forgotten.
/// </summary>
/// <remarks>
/// <para>Files are taken in the ordinal order of their names; hidden ones, and those that do not begin as an image of a
/// known format does, are left out (<see cref="SkippedFiles"/>). Sub-folders are looked into one level deep.</para>
/// <para>With <see cref="MLImageFolderOptions.Augmentation"/> every reading gives another picture: the batch is not
/// stable (<see cref="IMLBatchProvider.IsStable"/>), and an update runs the whole network for every sample of every
/// epoch. Without, do not change the files while a model is updated with them.</para>
/// <para>An update says which samples come next, and they are decoded beside its own work.</para>
/// </remarks>
public sealed class MLImageFolderBatchProvider : IMLBatchProvider
{
    private readonly MLImageFolderOptions options;
    private readonly MLFeatureDescription image;
    private readonly MLFeatureDescription? label;
    private readonly MLFeatureValue?[] labels;
    private readonly int[] readings;
    private readonly ReadAhead<MLFeatureValue> readAhead;

    /// <summary>Lists a folder's images; none is decoded yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The model that the samples are for. An updatable one's training inputs say what a sample
    /// holds, another one's inputs; with <see cref="MLImageLabels.None"/> the inputs do.</param>
    /// <param name="options">Where labels stand, and how images are cropped and varied; null: the defaults.</param>
    /// <exception cref="ArgumentException">The model takes no image or several and the options name none; labels do not
    /// stand where they should, or are no whole numbers where the model's labels are.</exception>
    /// <exception cref="IOException">The folder, or a file in it, cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder, or a file in it, may not be read.</exception>
    public MLImageFolderBatchProvider(
        string folder, MLModelDescription model, MLImageFolderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(model);
        this.options = options ?? new MLImageFolderOptions();
        bool labelled = this.options.Labels != MLImageLabels.None;
        IReadOnlyDictionary<string, MLFeatureDescription> features = labelled && model.IsUpdatable
            ? model.TrainingInputDescriptionsByName
            : model.InputDescriptionsByName;
        image = ImageFeature(features, this.options.ImageFeatureName);
        label = labelled ? LabelFeature(model, features, this.options.LabelFeatureName) : null;

        ImageFolder listed = ImageFolder.List(folder, this.options.Labels, this.options.Image.Decoders);
        Files = [.. listed.Images.Select(file => file.Path)];
        SkippedFiles = listed.Skipped;
        labels = [.. listed.Images.Select(file => LabelValue(file.Label, file.Path))];
        readings = new int[Files.Count];
        readAhead = new ReadAhead<MLFeatureValue>(Read);
    }

    /// <summary>The image files, in the order of the samples.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Files in the folder that are no images of a known format.</summary>
    public IReadOnlyList<string> SkippedFiles { get; }

    /// <inheritdoc/>
    public int Count => Files.Count;

    /// <summary>True unless images are varied.</summary>
    public bool IsStable => options.Augmentation is null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IMLFeatureProvider GetFeatures(int index)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(
                nameof(index), $"A folder of {Count} images takes an index from 0; got {index}.");
        MLFeatureValue value = readAhead.Take(index);
        Interlocked.Increment(ref readings[index]);
        var sample = new MLDictionaryFeatureProvider { [image.Name] = value };
        if (labels[index] is { } own)
            sample[label!.Name] = own;
        return sample;
    }

    /// <inheritdoc/>
    public void Prepare(ReadOnlySpan<int> indices) => readAhead.Prepare(indices);

    /// <inheritdoc/>
    /// <remarks>Pictures vary by the epoch from here on, and again by the readings within it: an update that goes on
    /// from a checkpoint sees those that it would have seen.</remarks>
    public void BeginEpoch(int epoch)
    {
        readAhead.Prepare([]);
        Array.Fill(readings, epoch);
    }

    /// <summary>The label of a sample, a <see cref="string"/> or a <see cref="long"/>; null if labels are not read.
    /// </summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public object? LabelOf(int index) => labels[index] switch
    {
        null => null,
        { Type: MLFeatureType.Int64 } value => value.Int64Value,
        var value => value.StringValue,
    };

    private MLFeatureValue Read(int index)
    {
        MLFeatureValue value;
        try
        {
            value = MLFeatureValue.FromImageFile(Files[index], image.ImageConstraint!, options.Image);
        }
        catch (ImageFormatException damaged)
        {
            throw new ImageFormatException($"'{Files[index]}' cannot be read. {damaged.Message}", damaged);
        }
        return options.Augmentation is { } augmentation
            ? MLFeatureValue.FromPixelBuffer(
                ImageVariation.Of(value.ImageBufferValue!, augmentation, index, Volatile.Read(ref readings[index])))
            : value;
    }

    private MLFeatureValue? LabelValue(string? text, string path)
    {
        if (label is null || text is null)
            return null;
        if (label.Type != MLFeatureType.Int64)
            return MLFeatureValue.FromString(text);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? MLFeatureValue.FromInt64(number)
            : throw new ArgumentException($"The model's labels are whole numbers; got '{text}' of '{path}'.");
    }

    private static MLFeatureDescription ImageFeature(
        IReadOnlyDictionary<string, MLFeatureDescription> features, string? name)
    {
        MLFeatureDescription[] images =
        [
            .. features.Values.Where(
                feature => feature.Type == MLFeatureType.Image && (name ?? feature.Name) == feature.Name),
        ];
        return images.Length == 1
            ? images[0]
            : throw new ArgumentException(
                "A folder of images fills one image feature of the model; "
                + (name is null ? $"it has {images.Length}." : $"it has none named '{name}'.")
                + $" Set {nameof(MLImageFolderOptions.ImageFeatureName)} to one of its features of type image.");
    }

    private static MLFeatureDescription? LabelFeature(
        MLModelDescription model, IReadOnlyDictionary<string, MLFeatureDescription> features, string? name)
    {
        name ??= model.PredictedFeatureName;
        if (name is null)
            return null;
        return features.GetValueOrDefault(name) ?? model.OutputDescriptionsByName.GetValueOrDefault(name)
            ?? throw new ArgumentException(
                $"The label of an image goes to the feature '{name}', which the model does not have. Set "
                + $"{nameof(MLImageFolderOptions.LabelFeatureName)} to the feature that takes it.");
    }
}
