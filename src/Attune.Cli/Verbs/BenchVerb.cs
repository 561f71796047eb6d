using System.CommandLine;
using System.Globalization;
using Attune.Cli.Benchmarking;

namespace Attune.Cli.Verbs;

/// <summary><c>attune bench</c>: how fast a model is here.</summary>
internal sealed class BenchVerb : Verb
{
    private readonly Argument<string> model = ModelArgument();

    private readonly Option<bool> profile = new("--profile") { Description = "Also time each layer." };

    private readonly Option<int> batch = new("--batch")
    {
        Description = "Samples of a batch, for the throughput.",
        HelpName = "N",
        DefaultValueFactory = _ => 32,
    };

    private readonly Option<double> seconds = new("--seconds")
    {
        Description = "How long latency and throughput are measured, each.",
        HelpName = "S",
        DefaultValueFactory = _ => 2,
    };

    private readonly Option<int?> threads = new("--threads")
    {
        Description = "The most threads to use.",
        HelpName = "N",
    };

    public BenchVerb(Screen screen)
        : base(
            "bench",
            "Measures how fast a model predicts on this machine, with made-up inputs.",
            screen,
            "attune bench Digits.mlmodel --profile")
    {
        Arguments.Add(model);
        foreach (Option option in (Option[])[profile, batch, seconds, threads])
            Options.Add(option);
        AtLeastOne(batch);
        AtLeastOne(threads);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        double duration = parsed.GetValue(seconds);
        if (duration is not (> 0 and <= 3600))
            throw new UsageException("--seconds takes a number above 0, and at most 3600.");
        var options = new BenchOptions
        {
            Model = parsed.GetValue(model)!,
            Duration = TimeSpan.FromSeconds(duration),
            Batch = parsed.GetValue(batch),
            IsProfiled = parsed.GetValue(profile),
            Threads = parsed.GetValue(threads),
        };
        return Task.FromResult(Show(parsed, Bencher.Measure(options, cancellationToken), ShowTimes));
    }

    private void ShowTimes(BenchReport report)
    {
        LatencyReport latency = report.Latency;
        Screen.Pairs(
        [
            ("model", report.Model),
            ("threads", Plain.Count(report.Threads)),
            ("loading", Time(report.LoadMilliseconds)),
            ("latency", $"{Time(latency.MedianMilliseconds)} median, {Time(latency.P95Milliseconds)} for 95 %, "
                + $"{Time(latency.LeastMilliseconds)} at best, of {Plain.Count(latency.Count)}"),
            ("throughput", $"{Plain.Count((long)report.SamplesPerSecond)} samples per second, "
                + $"{Plain.Count(report.Batch)} at a time"),
        ]);
        if (report.Layers is not { } layers)
            return;
        Screen.Table(
            ["layer", "type", ">time", ">share", ">GFLOP/s"],
            layers.Select(layer => new[]
            {
                layer.Layer,
                layer.Type,
                Time(layer.Microseconds / 1000),
                (layer.Share * 100).ToString("0.0 '%'", CultureInfo.InvariantCulture),
                layer.GigaflopsPerSecond is { } speed ? Plain.Number(Math.Round(speed, 1)) : "",
            }));
    }

    private static string Time(double milliseconds) => Plain.Time(TimeSpan.FromMilliseconds(milliseconds));
}
