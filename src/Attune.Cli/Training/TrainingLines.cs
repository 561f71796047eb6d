using Attune.Cli.Evaluation;

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

    /// <summary>An epoch in one line, of less than 80 columns for up to 9,999 epochs.</summary>
    public static string Text(EpochReport epoch, int epochs)
    {
        string accuracy = epoch.Accuracy is { } share ? $", accuracy {EvaluationTables.Percent(share)}" : "";
        string right = epoch.HoldOutAccuracy is { } known ? $" and {EvaluationTables.Percent(known)}" : "";
        string heldOut = epoch.HoldOutLoss is { } loss ? $", held out {Plain.Loss(loss)}{right}" : "";
        return $"epoch {epoch.Epoch}/{epochs}: loss {Plain.Loss(epoch.Loss)}{accuracy}{heldOut}, "
            + $"{Plain.Count((long)epoch.SamplesPerSecond)}/s";
    }
}
