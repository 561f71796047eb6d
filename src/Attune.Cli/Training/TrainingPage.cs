using System.Globalization;
using System.Text;
using Attune.Cli.Evaluation;
using Attune.Cli.Pages;

namespace Attune.Cli.Training;

/// <summary>The report of an update as a page: curves, confusion before and after, the worst samples.</summary>
internal static class TrainingPage
{
    private const int MostPictures = 12;

    public static string Of(TrainingReport report, Trainer trainer)
    {
        var body = new StringBuilder();
        body.Append($"<h1>{Page.Text(Path.GetFileName(Path.TrimEndingDirectorySeparator(report.Out)))}</h1>\n");
        body.Append($"<p class=\"soft\">{Page.Text(Summary(report))}</p>\n");
        body.Append(Page.Section("Loss", Curves(
            report, Plain.Number, epoch => epoch.Loss, epoch => epoch.HoldOutLoss)));
        if (report.Epochs.Any(epoch => epoch.Accuracy is not null))
            body.Append(Page.Section(
                "Accuracy",
                Curves(
                    report, share => EvaluationTables.Percent(share),
                    epoch => epoch.Accuracy, epoch => epoch.HoldOutAccuracy)));
        body.Append(Page.Section("Epochs", Epochs(report)));
        AppendEvaluation(body, "Before", report.Before);
        AppendEvaluation(body, "After", report.After);
        if (trainer.After is { } evaluation)
            body.Append(Page.Section("Worst samples", Worst(evaluation, trainer)));
        return Page.Of("Update", body.ToString());
    }

    private static string Summary(TrainingReport report) =>
        $"{report.Model} · {Plain.Of(report.Samples, "sample", "samples")}, {report.HeldOut} held out · "
        + $"{Plain.Of(report.Epochs.Count, "epoch", "epochs")} in {Plain.Time(TimeSpan.FromSeconds(report.Seconds))}"
        + $"{(report.WasStopped ? ", stopped" : "")} · written as after epoch {report.ResultEpoch}";

    private static string Curves(
        TrainingReport report, Func<double, string> write,
        Func<EpochReport, double?> learned, Func<EpochReport, double?> heldOut) =>
        CurveDrawing.Of(
            write,
            ("learned from", [.. report.Epochs.Select(learned)]),
            ("held out", [.. report.Epochs.Select(heldOut)]));

    private static string Epochs(TrainingReport report) => Page.Table(
        [">epoch", ">loss", ">accuracy", ">held-out loss", ">held-out accuracy"],
        report.Epochs.Select(epoch => new[]
        {
            epoch.Epoch.ToString(CultureInfo.InvariantCulture),
            Plain.Number(epoch.Loss),
            EvaluationTables.Percent(epoch.Accuracy),
            epoch.HoldOutLoss is { } loss ? Plain.Number(loss) : "–",
            EvaluationTables.Percent(epoch.HoldOutAccuracy),
        }));

    private static void AppendEvaluation(StringBuilder body, string heading, EvaluationReport? report)
    {
        if (report is null)
            return;
        string accuracy = report.Accuracy is { } share ? $"accuracy {EvaluationTables.Percent(share)}, " : "";
        string text = $"<p>{accuracy}loss {Plain.Number(report.Loss)} on "
            + $"{Plain.Of(report.Count, "sample", "samples")}</p>";
        string matrix = report.Classes.Count == 0 ? "" : Page.Table(
            ["is \\ taken for", .. report.Classes.Select(found => ">" + found.Label)],
            report.Classes.Select((found, i) => (string[])
                [found.Label, .. report.Confusion[i].Select(count => count == 0 ? "·" : Plain.Count(count))]));
        body.Append(Page.Section(heading, text + matrix));
    }

    private static string Worst(MLEvaluation evaluation, Trainer trainer)
    {
        var shown = new StringBuilder("<div style=\"display:flex;flex-wrap:wrap;gap:1rem\">\n");
        IEnumerable<MLSampleEvaluation> worst = evaluation.Samples.OrderByDescending(sample => sample.Loss);
        foreach (MLSampleEvaluation sample in worst.Take(MostPictures))
        {
            string name = Path.GetFileName(trainer.Measured.Names[sample.Index]);
            string text = sample.IsCorrect
                ? FormattableString.Invariant($"{sample.Actual}, recognised")
                : FormattableString.Invariant($"{sample.Actual}, taken for {sample.Predicted}");
            shown.Append($"<figure style=\"margin:0\">{Picture(trainer.Measured.Batch.GetFeatures(sample.Index))}");
            shown.Append($"<figcaption>{Page.Text(text)}<br><span class=\"soft\">{Page.Text(name)}, loss ");
            shown.Append($"{Plain.Number(sample.Loss)}</span></figcaption></figure>\n");
        }
        return shown.Append("</div>").ToString();
    }

    private static string Picture(IMLFeatureProvider sample)
    {
        MLPixelBuffer? image = sample.FeatureNames
            .Select(name => sample.GetFeatureValue(name)?.ImageBufferValue)
            .FirstOrDefault(found => found is not null);
        if (image is null)
            return "";
        var png = new MemoryStream();
        image.SavePng(png);
        return "<img alt=\"\" style=\"width:96px;image-rendering:pixelated\" src=\"data:image/png;base64,"
            + $"{Convert.ToBase64String(png.ToArray())}\"><br>";
    }
}
