namespace Attune;

/// <summary>How a folder of images is read as samples: see <see cref="MLImageFolderBatchProvider"/>.</summary>
public sealed record MLImageFolderOptions
{
    /// <summary>Where labels stand.</summary>
    /// <value>Default: <see cref="MLImageLabels.Automatic"/>.</value>
    public MLImageLabels Labels { get; init; }

    /// <summary>How images are cropped and brought to the model's size.</summary>
    /// <value>Default: the whole image is scaled to the size.</value>
    public MLImageOptions Image { get; init; } = new();

    /// <summary>How images are varied each time that they are read; null: not at all.</summary>
    /// <value>Default: null.</value>
    public MLImageAugmentation? Augmentation { get; init; }

    /// <summary>The feature that takes the image; null: the model's only image feature.</summary>
    /// <value>Default: null.</value>
    public string? ImageFeatureName { get; init; }

    /// <summary>The feature that takes the label; null: the model's predicted feature.</summary>
    /// <value>Default: null.</value>
    public string? LabelFeatureName { get; init; }
}
