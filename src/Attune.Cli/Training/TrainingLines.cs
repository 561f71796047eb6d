using System.Diagnostics;
using Attune.Cli.Evaluation;
using Spectre.Console;

namespace Attune.Cli.Training;

/// <summary>A line for each epoch, where nobody looks at a terminal.</summary>
internal sealed class TrainingLines(Screen screen) : ITrainingProgress
{
    private int epochs;

    public bool WantsMiniBatches => false;

    public void Begin(int epochs, int samples, int batch) => this.epochs = epochs;

    public void OnMiniBatch(int epoch, int miniBatch, double loss)
    {
    }

    public void OnEpoch(EpochReport epoch) => screen.Remark(Text(epoch, epochs));

    /// <summary>An epoch in one line.</summary>
    public static string Text(EpochReport epoch, int epochs)
    {
        string accuracy = epoch.Accuracy is { } share ? $", accuracy {EvaluationTables.Percent(share)}" : "";
        string heldOut = epoch.HoldOutLoss is { } loss ? $", held-out loss {Plain.Number(loss)}" : "";
        string right = epoch.HoldOutAccuracy is { } known ? $" and accuracy {EvaluationTables.Percent(known)}" : "";
        return $"epoch {epoch.Epoch}/{epochs}: loss {Plain.Number(epoch.Loss)}{accuracy}{heldOut}{right}, "
            + $"{Plain.Count((long)epoch.SamplesPerSecond)} samples/s";
    }
}

/// <summary>A bar that moves, with the loss of the mini-batch, the held-out accuracy, speed and time left.</summary>
internal sealed class TrainingBar(ProgressTask bar) : ITrainingProgress
{
    private readonly long begin = Stopwatch.GetTimestamp();
    private int epochs, samples, batch, perEpoch;
    private string heldOut = "";

    public bool WantsMiniBatches => true;

    public void Begin(int epochs, int samples, int batch)
    {
        (this.epochs, this.samples, this.batch) = (epochs, samples, batch);
        perEpoch = (samples + batch - 1) / batch;
        bar.MaxValue = (double)epochs * perEpoch;
    }

    public void OnMiniBatch(int epoch, int miniBatch, double loss)
    {
        long done = (epoch - 1L) * samples + Math.Min((long)miniBatch * batch, samples);
        double speed = done / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        bar.Value = (epoch - 1.0) * perEpoch + miniBatch;
        bar.Description =
            $"epoch {epoch}/{epochs}  loss {Plain.Number(loss)}{heldOut}  {Plain.Count((long)speed)}/s";
    }

    public void OnEpoch(EpochReport epoch)
    {
        heldOut = epoch.HoldOutAccuracy is { } share ? $"  held out {EvaluationTables.Percent(share)}"
            : epoch.HoldOutLoss is { } loss ? $"  held out {Plain.Number(loss)}"
            : "";
        bar.Value = (double)epoch.Epoch * perEpoch;
    }
}
