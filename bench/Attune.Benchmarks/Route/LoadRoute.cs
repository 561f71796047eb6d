using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Attune.Benchmarks.Route;

/// <summary>
/// From process start to process end with one prediction in between: this program runs itself, compiled ahead of time,
/// and looks from outside.
/// The net 'none' is the bare runtime; subtract it to see the model's own share. Files are in the page cache.
/// </summary>
internal static class LoadRoute
{
    public const string NoNet = "none";

    public static void Run(Arguments arguments, TextWriter output)
    {
        string? name = arguments.Text("net");
        int threads = arguments.Count("threads", 2);
        string? models = arguments.Text("models");
        if (arguments.Flag("once"))
        {
            Once(arguments, name ?? NoNet, threads, output);
            return;
        }
        int runs = arguments.Count("runs", 3);
        arguments.RequireAllKnown();

        string[] all = [NoNet, "mlp", "mnist", "squeezenet_11", "mobilenet_v1_050"];
        foreach (string net in name is null ? all : [name])
            Measure(net, runs, threads, models).Print(output);
        if (name is null)
            SeedJob.Measure(runs, threads, models).Print(output);
    }

    /// <summary>
    /// Runs of this program with the given arguments, after one that brings the files into the page cache.
    /// </summary>
    public static IReadOnlyList<ChildProcess> RunOnce(
        int runs, int threads, string? models, params ReadOnlySpan<string> task)
    {
        string[] folder = models is null ? [] : ["--models", models];
        string[] arguments = ["route", .. task, "--once", "--threads", $"{threads}", .. folder];
        StartingProgram.Run(arguments);
        var children = new ChildProcess[runs];
        for (int i = 0; i < runs; i++)
            children[i] = StartingProgram.Run(arguments);
        return children;
    }

    /// <summary>The median of a field over several runs.</summary>
    public static double Median(IEnumerable<ChildProcess> children, string field) =>
        new Timings(children.Select(child => (double)child.Lines[0][field]!)).Median;

    private static JsonObject Measure(string net, int runs, int threads, string? models)
    {
        IReadOnlyList<ChildProcess> children = RunOnce(runs, threads, models, "load", "--net", net);
        var seconds = new Timings(children.Select(child => child.Seconds));
        JsonObject line = ResultLine.Begin("cold_start");
        line["net"] = net == NoNet ? NoNet : BenchmarkNet.Named(net).FileName;
        line["threads"] = threads;
        line["median_seconds"] = Math.Round(seconds.Median, 4);
        line["best_seconds"] = Math.Round(seconds.Best, 4);
        line["runs"] = runs;
        line["compiled_ahead"] = StartingProgram.IsCompiledAhead;
        foreach (string field in new[] { "load_ms", "first_prediction_ms", "cpu_seconds" })
            line[field] = Median(children, field);
        line["peak_rss_mb"] = children.Max(child => (double)child.Lines[0]["peak_rss_mb"]!);
        return line;
    }

    private static void Once(Arguments arguments, string name, int threads, TextWriter output)
    {
        double load = 0, prediction = 0;
        if (name != NoNet)
        {
            BenchmarkNet net = BenchmarkNet.Named(name);
            var folder = ModelFolder.Of(arguments);
            long start = Stopwatch.GetTimestamp();
            MLModel model = folder.Load(net, new MLModelConfiguration { MaxThreads = threads });
            load = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            InferRoute.Once(folder, net, model);
            prediction = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        new JsonObject
        {
            ["load_ms"] = Math.Round(load, 1),
            ["first_prediction_ms"] = Math.Round(prediction, 1),
            ["cpu_seconds"] = Math.Round(ProcessFacts.CpuSeconds(), 3),
            ["peak_rss_mb"] = ProcessFacts.PeakMegabytes(),
        }.Print(output);
    }
}
