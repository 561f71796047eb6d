namespace Attune.Cli.Prediction;

/// <summary>What to predict, and how.</summary>
internal sealed record PredictOptions
{
    public required string Model { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Where to write the outputs, in the form that the extension names; null: nowhere.</summary>
    public string? Out { get; init; }

    /// <summary>How many of a classifier's labels are shown.</summary>
    public int Top { get; init; } = 5;

    /// <summary>How images of another size than the model's are fitted into it.</summary>
    public MLImageCropAndScale Fit { get; init; } = MLImageCropAndScale.ScaleFill;

    /// <summary>The most threads; null: as many as there are processors.</summary>
    public int? Threads { get; init; }
}
