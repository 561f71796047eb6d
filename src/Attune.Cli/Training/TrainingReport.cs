using Attune.Cli.Evaluation;

namespace Attune.Cli.Training;

/// <summary>All that <c>update</c> tells.</summary>
internal sealed record TrainingReport
{
    public required string Model { get; init; }

    public required string Out { get; init; }

    public required int Samples { get; init; }

    public required int HeldOut { get; init; }

    public required IReadOnlyList<EpochReport> Epochs { get; init; }

    /// <summary>The epoch, from 1, whose numbers were written; 0: those that it began with.</summary>
    public required int ResultEpoch { get; init; }

    /// <summary>Whether it was stopped before its end.</summary>
    public required bool WasStopped { get; init; }

    public required double Seconds { get; init; }

    /// <summary>On the held-out samples, or on all where none were held out; null for models that cannot be
    /// evaluated.</summary>
    public EvaluationReport? Before { get; init; }

    public EvaluationReport? After { get; init; }
}

/// <summary>What was measured in one epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Of the samples that were learned from, before each step.</param>
/// <param name="Accuracy">Of those; null if the loss is no cross entropy.</param>
/// <param name="HoldOutLoss">At the epoch's end; null if nothing was held out.</param>
/// <param name="HoldOutAccuracy">At the epoch's end.</param>
/// <param name="SamplesPerSecond">Since the beginning.</param>
internal sealed record EpochReport(
    int Epoch, double Loss, double? Accuracy, double? HoldOutLoss, double? HoldOutAccuracy, double SamplesPerSecond);
