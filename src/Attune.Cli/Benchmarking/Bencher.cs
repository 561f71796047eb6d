using System.Diagnostics;
using Attune.Models;

namespace Attune.Cli.Benchmarking;

/// <summary>What to time, and for how long.</summary>
internal sealed record BenchOptions
{
    public required string Model { get; init; }

    /// <summary>How long each of the two measurements lasts.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Samples of a batch where throughput is measured.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Whether layers are timed one by one.</summary>
    public bool IsProfiled { get; init; }

    public int? Threads { get; init; }
}

/// <summary>How fast a model is.</summary>
internal sealed record BenchReport
{
    public required string Model { get; init; }

    public required int Threads { get; init; }

    public required double LoadMilliseconds { get; init; }

    /// <summary>Single predictions, one after the other.</summary>
    public required LatencyReport Latency { get; init; }

    public required int Batch { get; init; }

    public required double SamplesPerSecond { get; init; }

    /// <summary>One sample, layer by layer; null if it was not asked for.</summary>
    public IReadOnlyList<LayerTimeReport>? Layers { get; init; }
}

internal sealed record LatencyReport(
    int Count, double MedianMilliseconds, double P95Milliseconds, double LeastMilliseconds);

/// <param name="Layer">The name in the file.</param>
/// <param name="Type">Core ML's name of its type.</param>
/// <param name="Microseconds">The shortest of several runs.</param>
/// <param name="Share">Of all layers together, 0 to 1.</param>
/// <param name="GigaflopsPerSecond">Two operations for each multiply-add; null for layers without.</param>
internal sealed record LayerTimeReport(
    string Layer, string Type, double Microseconds, double Share, double? GigaflopsPerSecond);

/// <summary>Times a model on samples that are made up.</summary>
internal static class Bencher
{
    private const int ProfiledRuns = 30;

    public static BenchReport Measure(BenchOptions options, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        var configuration = new MLModelConfiguration();
        configuration.MaxThreads = options.Threads ?? configuration.MaxThreads;
        MLModel model = MLModel.Load(options.Model, configuration);
        double loading = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        IMLFeatureProvider sample = SyntheticSample.For(model.ModelDescription);
        var batch = new MLArrayBatchProvider(Enumerable.Repeat(sample, options.Batch));

        double[] single = Times(() => model.Prediction(sample), options.Duration, cancellation);
        double[] many = Times(() => model.Predictions(batch), options.Duration, cancellation);
        return new BenchReport
        {
            Model = options.Model,
            Threads = configuration.MaxThreads,
            LoadMilliseconds = Rounded(loading),
            Latency = new LatencyReport(
                single.Length, Rounded(Quantile(single, 0.5)), Rounded(Quantile(single, 0.95)), Rounded(single[0])),
            Batch = options.Batch,
            SamplesPerSecond = Rounded(options.Batch * 1000 / Quantile(many, 0.5)),
            Layers = options.IsProfiled ? Profile(model, cancellation) : null,
        };
    }

    /// <summary>The times of one run after the other, in milliseconds, in ascending order; two runs are not counted.
    /// </summary>
    private static double[] Times(Func<object> run, TimeSpan duration, CancellationToken cancellation)
    {
        run();
        run();
        var times = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (times.Count < 3 || Stopwatch.GetElapsedTime(start) < duration)
        {
            cancellation.ThrowIfCancellationRequested();
            long begin = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        return [.. times.Order()];
    }

    private static LayerTimeReport[] Profile(MLModel model, CancellationToken cancellation)
    {
        IReadOnlyList<LayerTime> layers = LayerTimes.Measure(model, batch: 1, ProfiledRuns, cancellation);
        double all = layers.Sum(layer => layer.Time.TotalMicroseconds);
        return
        [
            .. layers.Select(layer => new LayerTimeReport(
                layer.Name,
                layer.Kind,
                Rounded(layer.Time.TotalMicroseconds),
                Rounded(all > 0 ? layer.Time.TotalMicroseconds / all : 0),
                layer.MultiplyAdds > 0 && layer.Time > TimeSpan.Zero
                    ? Rounded(2 * layer.MultiplyAdds / layer.Time.TotalSeconds / 1e9)
                    : null)),
        ];
    }

    private static double Quantile(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static double Rounded(double number) => Math.Round(number, 4);
}
