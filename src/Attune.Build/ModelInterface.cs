namespace Attune.Build;

/// <summary>What a model file tells about itself, as far as typed classes need it.</summary>
internal sealed record ModelInterface
{
    public string Description { get; init; } = "";

    public string Author { get; init; } = "";

    public string License { get; init; } = "";

    public string Version { get; init; } = "";

    public bool IsUpdatable { get; init; }

    public string PredictedFeatureName { get; init; } = "";

    public string PredictedProbabilitiesName { get; init; } = "";

    public IReadOnlyList<FeatureInterface> Inputs { get; init; } = [];

    public IReadOnlyList<FeatureInterface> Outputs { get; init; } = [];

    /// <summary>What a sample of an update holds; empty unless the model is updatable.</summary>
    public IReadOnlyList<FeatureInterface> TrainingInputs { get; init; } = [];

    /// <summary>Names of the states, which are mentioned but are no properties.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
}

/// <summary>One input or output.</summary>
/// <param name="Name">As in the file: any text.</param>
/// <param name="Kind">Which C# type serves.</param>
/// <param name="IsOptional">A prediction goes without it.</param>
/// <param name="Description">The author's words: any text.</param>
/// <param name="Facts">Shape, size, colour and the like in sentences of ours.</param>
/// <param name="Image">For an image that can be made from a file; otherwise null.</param>
internal sealed record FeatureInterface(
    string Name, FeatureKind Kind, bool IsOptional, string Description, string Facts, ImageInterface? Image);

/// <param name="Width">Default width in pixels, 1 or more.</param>
/// <param name="Height">Default height in pixels, 1 or more.</param>
/// <param name="PixelFormat">The member of <c>MLPixelFormat</c> that the model takes.</param>
internal sealed record ImageInterface(int Width, int Height, string PixelFormat);

internal enum FeatureKind
{
    /// <summary>A kind that is newer than this reader, or none: the raw feature value.</summary>
    Unknown,
    Int64,
    Double,
    String,
    Image,
    MultiArray,
    StringDictionary,
    Int64Dictionary,
    StringSequence,
    Int64Sequence,
}
