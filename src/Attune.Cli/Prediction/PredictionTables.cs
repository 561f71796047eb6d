using System.Collections;
using System.Globalization;

namespace Attune.Cli.Prediction;

/// <summary>Shows predictions on the console.</summary>
internal sealed class PredictionTables(Screen screen)
{
    private const int MostNumbers = 8;
    private const int BarWidth = 20;

    public void Show(PredictionReport report)
    {
        if (report.Samples is [{ Top: { } top } only])
            ShowTop(only, top);
        else if (report.Samples.All(sample => sample.Top is not null))
            ShowLabels(report.Samples);
        else if (report.Samples.Count > 1)
            ShowRows(report.Samples);
        else
            ShowOutputs(report.Samples[0]);
        ShowTiming(report);
    }

    private void ShowTop(SampleReport sample, IReadOnlyList<Ranked> top)
    {
        screen.Line(sample.Source);
        screen.Table(
            ["label", ">probability", ""],
            top.Select(ranked => new[]
            {
                Label(ranked),
                Percent(ranked.Probability),
                new string('█', (int)Math.Round(Math.Clamp(ranked.Probability, 0, 1) * BarWidth)),
            }));
        ShowOthers(sample);
    }

    private void ShowLabels(IReadOnlyList<SampleReport> samples) => screen.Table(
        ["sample", "label", ">probability", "then"],
        samples.Select(sample => new[]
        {
            sample.Source,
            sample.Top!.Count > 0 ? Label(sample.Top[0]) : "",
            sample.Top.Count > 0 ? Percent(sample.Top[0].Probability) : "",
            string.Join(", ", sample.Top.Skip(1).Take(2).Select(next => $"{Label(next)} {Percent(next.Probability)}")),
        }),
        isFirst: true);

    private void ShowRows(IReadOnlyList<SampleReport> samples) => screen.Table(
        ["sample", .. samples[0].Outputs.Keys],
        samples.Select(sample => (string[])[sample.Source, .. sample.Outputs.Values.Select(Short)]),
        isFirst: true);

    private void ShowOutputs(SampleReport sample)
    {
        screen.Line(sample.Source);
        screen.Pairs(sample.Outputs.Select(output => ("  " + output.Key, Short(output.Value))));
    }

    // Besides the label and the probabilities, of which the table tells.
    private void ShowOthers(SampleReport sample)
    {
        var others = sample.Outputs
            .Where(output => output.Value is object[] or double)
            .Select(output => ("  " + output.Key, Short(output.Value)))
            .ToArray();
        if (others.Length > 0)
            screen.Pairs(others);
    }

    private void ShowTiming(PredictionReport report)
    {
        int count = report.Samples.Count;
        string each = count > 1
            ? $", {Plain.Time(TimeSpan.FromMilliseconds(report.PredictMilliseconds / count))} each"
            : "";
        screen.Remark(
            $"{Plain.Of(count, "prediction", "predictions")} in "
            + $"{Plain.Time(TimeSpan.FromMilliseconds(report.PredictMilliseconds))}{each}; the model loaded in "
            + $"{Plain.Time(TimeSpan.FromMilliseconds(report.LoadMilliseconds))}.");
    }

    private static string Short(object? value) => value switch
    {
        null => "nothing",
        double number => Plain.Number(number),
        object[] array => ShortArray(array),
        IDictionary<string, double> entries => string.Join(", ", entries
            .OrderByDescending(entry => entry.Value)
            .Take(MostNumbers)
            .Select(entry => $"{entry.Key}: {Plain.Number(entry.Value)}")) + (entries.Count > MostNumbers ? ", …" : ""),
        string text => text,
        IEnumerable items => string.Join(", ", items.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string ShortArray(object[] array)
    {
        var shape = new List<int>();
        for (object inner = array; inner is object[] parts; inner = parts[0])
        {
            shape.Add(parts.Length);
            if (parts.Length == 0)
                break;
        }
        double[] numbers = [.. Flat(array).Take(MostNumbers + 1)];
        string more = numbers.Length > MostNumbers ? ", …" : "";
        return $"{Plain.Shape(shape)} {string.Join(", ", numbers.Take(MostNumbers).Select(Plain.Number))}{more}";
    }

    private static IEnumerable<double> Flat(object value) =>
        value is object[] parts ? parts.SelectMany(Flat) : [(double)value];

    private static string Label(Ranked ranked) => FormattableString.Invariant($"{ranked.Label}");

    private static string Percent(double probability) =>
        (probability * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
