using System.Text.Json.Nodes;

namespace Attune.Benchmarks.Route;

/// <summary>
/// The job that an app's user waits for: from process start, load mnist, train its dense layers on 100 samples for 10
/// epochs, save the result.
/// </summary>
internal static class SeedJob
{
    private const int Samples = 100;
    private const int Epochs = 10;

    public static void Run(Arguments arguments, TextWriter output)
    {
        int threads = arguments.Count("threads", 2);
        string? models = arguments.Text("models");
        if (arguments.Flag("once"))
        {
            Once(ModelFolder.Of(arguments), threads, output);
            return;
        }
        int runs = arguments.Count("runs", 3);
        arguments.RequireAllKnown();
        Measure(runs, threads, models).Print(output);
    }

    public static JsonObject Measure(int runs, int threads, string? models)
    {
        IReadOnlyList<ChildProcess> empty = LoadRoute.RunOnce(runs, threads, models, "load", "--net", LoadRoute.NoNet);
        IReadOnlyList<ChildProcess> children = LoadRoute.RunOnce(runs, threads, models, "seed-job");
        var seconds = new Timings(children.Select(child => child.Seconds));
        double cpu = LoadRoute.Median(children, "cpu_seconds");
        JsonObject line = ResultLine.Begin("seed_job");
        line["net"] = "mnist";
        line["samples"] = Samples;
        line["epochs"] = Epochs;
        line["threads"] = threads;
        line["median_seconds"] = Math.Round(seconds.Median, 4);
        line["best_seconds"] = Math.Round(seconds.Best, 4);
        line["runs"] = runs;
        line["compiled_ahead"] = StartingProgram.IsCompiledAhead;
        line["cpu_seconds"] = cpu;
        line["cpu_seconds_beyond_start"] = Math.Round(cpu - LoadRoute.Median(empty, "cpu_seconds"), 3);
        line["peak_rss_mb"] = children.Max(child => (double)child.Lines[0]["peak_rss_mb"]!);
        return line;
    }

    private static void Once(ModelFolder folder, int threads, TextWriter output)
    {
        BenchmarkNet net = BenchmarkNet.Named("mnist");
        var configuration = new MLModelConfiguration
        {
            Parameters = { [MLParameterKey.Epochs] = Epochs },
            MaxThreads = threads,
        };
        var task = new MLUpdateTask(folder.PathOf(net), TrainingData.Make(net, Samples), configuration);
        MLUpdateContext result = task.RunAsync().GetAwaiter().GetResult();
        DirectoryInfo place = Directory.CreateTempSubdirectory("attune-");
        try
        {
            result.Model.Write(Path.Combine(place.FullName, "trained.mlmodel"));
        }
        finally
        {
            place.Delete(recursive: true);
        }
        new JsonObject
        {
            ["last_epoch_loss"] = Math.Round((double)result.Metrics[MLMetricKey.LossValue], 5),
            ["cpu_seconds"] = Math.Round(ProcessFacts.CpuSeconds(), 3),
            ["peak_rss_mb"] = ProcessFacts.PeakMegabytes(),
        }.Print(output);
    }
}
