using Attune.Cli.Evaluation;

namespace Attune.Cli.Training;

/// <summary>What an update came to, in a few lines.</summary>
internal static class TrainingSummary
{
    public static void Show(Screen screen, TrainingReport trained)
    {
        string held = trained.HeldOut > 0 ? $" and measured with {Plain.Count(trained.HeldOut)} others" : "";
        string epochs = trained.Epochs.Count > 0
            ? $" after {Plain.Of(trained.Epochs[^1].Epoch, "epoch", "epochs")}"
            : "";
        screen.Line(
            $"{(trained.WasStopped ? "Stopped" : "Trained")}{epochs} "
            + $"with {Plain.Of(trained.Samples, "sample", "samples")}{held}, in "
            + $"{Plain.Time(TimeSpan.FromSeconds(trained.Seconds))}.");
        if (trained is { Before: { } before, After: { } after })
            screen.Line(Measured(before, after, trained.HeldOut > 0 ? "held-out samples" : "samples it learned from"));
        screen.Line((trained.ResultEpoch, trained.Epochs.Count) switch
        {
            ( > 0, _) => $"Wrote {trained.Out}, as it was after epoch {trained.ResultEpoch}.",
            (_, > 0) => $"Wrote {trained.Out}, unchanged: nothing learned was better.",
            _ => $"Wrote {trained.Out}.",
        });
    }

    private static string Measured(EvaluationReport before, EvaluationReport after, string where)
    {
        string accuracy = after.Accuracy is null
            ? ""
            : $"accuracy {EvaluationTables.Percent(before.Accuracy)} → {EvaluationTables.Percent(after.Accuracy)}, ";
        return $"On the {where}: {accuracy}loss {Plain.Number(before.Loss)} → {Plain.Number(after.Loss)}.";
    }
}
