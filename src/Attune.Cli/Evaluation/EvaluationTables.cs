using System.Globalization;

namespace Attune.Cli.Evaluation;

/// <summary>Shows evaluations on the console, those of several models beside each other.</summary>
internal sealed class EvaluationTables(Screen screen)
{
    private const int MostConfusions = 10;
    private const int MostUnknown = 6;
    private const int LabelWidth = 12;

    public void Show(IReadOnlyList<EvaluationReport> reports)
    {
        screen.Table(
            ["", .. reports.Select(report => ">" + NameOf(report))],
            Rows(reports), isFirst: true);
        foreach (EvaluationReport report in reports)
            ShowUnknown(report);
        ShowClasses(reports);
        foreach (EvaluationReport report in reports)
            ShowConfusion(report);
    }

    public static string Percent(double? share) =>
        share is { } known ? (known * 100).ToString("0.0 '%'", CultureInfo.InvariantCulture) : "–";

    private static IEnumerable<string[]> Rows(IReadOnlyList<EvaluationReport> reports)
    {
        yield return ["samples", .. reports.Select(report => Plain.Count(report.Count))];
        if (reports.Any(report => report.Accuracy is not null))
            yield return ["accuracy", .. reports.Select(report => Percent(report.Accuracy))];
        yield return ["loss", .. reports.Select(report => Plain.Number(report.Loss))];
        if (reports.Any(report => report.MeanAbsoluteError is not null))
            yield return
            [
                "mean absolute error",
                .. reports.Select(report => report.MeanAbsoluteError is { } mean ? Plain.Number(mean) : "–"),
            ];
    }

    private void ShowUnknown(EvaluationReport report)
    {
        if (report.UnknownLabels.Count == 0)
            return;
        int samples = report.Classes.Where(found => report.UnknownLabels.Contains(found.Label))
            .Sum(found => found.Count);
        string more = report.UnknownLabels.Count > MostUnknown ? ", …" : "";
        screen.Warning(
            $"{Plain.Of(samples, "sample has a label", "samples have labels")} that {NameOf(report)} does not know: "
            + $"{string.Join(", ", report.UnknownLabels.Take(MostUnknown))}{more}; "
            + $"{(samples == 1 ? "it counts" : "they count")} as wrong.");
    }

    private static string NameOf(EvaluationReport report) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(report.Model));

    private void ShowClasses(IReadOnlyList<EvaluationReport> reports)
    {
        if (reports[0].Classes.Count == 0)
            return;
        screen.Heading("Classes");
        if (reports.Count == 1)
            screen.Table(
                ["class", ">samples", ">precision", ">recall", ">F1"],
                reports[0].Classes.Select(found => new[]
                {
                    found.Label, Plain.Count(found.Count), Percent(found.Precision), Percent(found.Recall),
                    Percent(found.F1),
                }));
        else
            screen.Table(
                ["class", ">samples", .. reports.Select((_, i) => $">recall {i + 1}")],
                reports[0].Classes.Select(found => (string[])
                [
                    found.Label, Plain.Count(found.Count),
                    .. reports.Select(report => Percent(
                        report.Classes.FirstOrDefault(other => other.Label == found.Label)?.Recall)),
                ]));
    }

    private void ShowConfusion(EvaluationReport report)
    {
        int classes = report.Classes.Count;
        if (classes == 0)
            return;
        screen.Heading($"Confusion of {NameOf(report)}");
        int widest = report.Confusion.SelectMany(row => row).Max().ToString(CultureInfo.InvariantCulture).Length;
        int labels = report.Classes.Max(found => found.Label.Length);
        if (labels > LabelWidth || (classes + 1) * (Math.Max(widest, labels) + 3) + labels > screen.Width)
            ShowMostFrequent(report);
        else
            screen.Table(
                ["is \\ taken for", .. report.Classes.Select(found => ">" + found.Label)],
                report.Classes.Select((found, i) => (string[])
                [
                    found.Label, .. report.Confusion[i].Select(count => count == 0 ? "·" : Plain.Count(count)),
                ]));
    }

    // A matrix that is wider than the screen says nothing.
    private void ShowMostFrequent(EvaluationReport report)
    {
        var confusions =
            from actual in Enumerable.Range(0, report.Classes.Count)
            from made in Enumerable.Range(0, report.Classes.Count)
            where actual != made && report.Confusion[actual][made] > 0
            orderby report.Confusion[actual][made] descending
            select new[]
            {
                report.Classes[actual].Label, report.Classes[made].Label,
                Plain.Count(report.Confusion[actual][made]),
            };
        string[][] most = [.. confusions.Take(MostConfusions)];
        if (most.Length == 0)
            screen.Line("  none");
        else
            screen.Table(["is", "taken for", ">samples"], most);
    }
}
