using Attune.Cli.Marking;

namespace Attune.Cli.Training;

/// <summary>How to update a model. What is null stays as the file has it.</summary>
internal sealed record TrainOptions
{
    public required string Model { get; init; }

    /// <summary>A folder of images, or a .csv or .json file.</summary>
    public required string Data { get; init; }

    public required string Out { get; init; }

    public int? Epochs { get; init; }

    public double? LearningRate { get; init; }

    public int? Batch { get; init; }

    public long? Seed { get; init; }

    public OptimizerKind? Optimizer { get; init; }

    /// <summary>The layers that are trained in place of those that the file marks; empty: those.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>How the images that are learned from vary, whatever its seed, by that of the update; null: not at all.
    /// </summary>
    public MLImageAugmentation? Augmentation { get; init; }

    /// <summary>The share of the samples that is not learned from but measured, 0 to 0.9.</summary>
    public double HoldOut { get; init; }

    /// <summary>Stop after so many epochs without a better held-out loss.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether the model stays as it is if the held-out loss did not fall.</summary>
    public bool KeepsOnlyBetter { get; init; }

    /// <summary>A file that the update keeps so that it can go on after the process has ended; null: none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Where to write a page; null: nowhere.</summary>
    public string? Report { get; init; }
}
