using System.Text.Json.Nodes;
using Attune.Benchmarks.Route;

namespace Attune.Benchmarks.Compare;

/// <summary>
/// What is compared, and what is aimed at. Both sides do the same work with the same number of threads.
/// </summary>
internal static class Matches
{
    public static IEnumerable<Match> All(int threads)
    {
        foreach (Match match in Training(threads).Concat(Prediction(threads)))
            yield return match;
        for (int count = 1; count <= threads; count++)
            yield return Products(count);
        foreach (string net in new[] { "mlp", "mnist", "squeezenet_11", "mobilenet_v1_050" })
            yield return ColdStart(net, threads);
        yield return new Match("load", ["seed-job", "--runs", "1", "--threads", $"{threads}"], null,
            new Row(
                "seed job: CPU beyond start-up", new Target(1.5, IsMost: true),
                (ours, _) => Number(ours[0], "cpu_seconds_beyond_start"))
            { Unit = " s" },
            new Row("seed job: process start to saved model", null, (ours, _) => Number(ours[0], "median_seconds"))
            { Unit = " s" });
    }

    private static IEnumerable<Match> Training(int threads)
    {
        const string Work = "train mnist";
        Match tail = Train($"{Work}, tail, against tail", "mnist", "tail", "tail", "sgd", 1000, 10, threads, 4);
        var memory = new Row(
            $"{Work}, tail: peak memory", new Target(1 / 3.0, IsMost: true),
            (ours, theirs) => Number(ours[0], "peak_rss_mb") / Number(theirs[0], "peak_rss_mb"))
        { Detail = lines => $"{Number(lines[0], "peak_rss_mb"):0} MB" };
        yield return tail with { Rows = [tail.Rows[0], memory] };
        yield return Train(
            $"{Work}, tail, against tail-cached", "mnist", "tail", "tail-cached", "sgd", 1000, 10, threads, 1.5);
        yield return Train($"{Work}, full", "mnist", "full", "full", "sgd", 1000, 3, threads, 1.5);
        foreach (string optimizer in new[] { "sgd", "adam" })
            foreach (string mode in new[] { "tail", "full" })
                yield return Train(
                    $"train mlp, {mode}, {optimizer}", "mlp", mode, mode, optimizer, 2560, 4, threads, 1.5);
    }

    private static Match Train(
        string work, string net, string mode, string theirMode, string optimizer, int samples, int epochs, int threads,
        double target)
    {
        string[] With(string chosen) =>
        [
            "--net", net, "--mode", chosen, "--optimizer", optimizer,
            "--samples", $"{samples}", "--epochs", $"{epochs}", "--threads", $"{threads}",
        ];
        return new Match("train", ["train", .. With(mode)], new PeerCommand(Peer.PyTorch, With(theirMode)),
            new Row(work, new Target(target), (ours, theirs) =>
                Number(ours[0], "samples_per_second") / Number(theirs[0], "samples_per_second"))
            { Detail = lines => $"{Number(lines[0], "samples_per_second"):0}/s" });
    }

    private static IEnumerable<Match> Prediction(int threads)
    {
        foreach ((string net, int batch, double target) in new[]
        {
            ("mnist_updatable", 1, 1.2), ("mlp", 1, 1.2), ("squeezenet_11", 32, 1.0), ("mobilenet_v1_050", 32, 1.0),
        })
        {
            string[] arguments = ["--net", net, "--batch", $"{batch}", "--threads", $"{threads}"];
            yield return new Match("infer", ["infer", .. arguments], new PeerCommand(Peer.OnnxRuntime, arguments),
                [.. Enumerable.Range(0, batch > 1 ? 2 : 1).Select(i => Predict(net, i == 0 ? 1 : batch, i, target))]);
        }
    }

    /// <summary>The cost of a call into the peer that does nothing is taken off its time.</summary>
    private static Row Predict(string net, int batch, int line, double target)
    {
        static double Time(JsonNode line) => Number(line, "median_ms") - ((double?)line["call_overhead_ms"] ?? 0);
        return new Row(
            $"predict {net}, batch {batch}", new Target(target),
            (ours, theirs) => Time(theirs[line]) / Time(ours[line]))
        {
            Detail = lines => $"{Time(lines[line]):0.000} ms",
        };
    }

    /// <summary>The peer measures one thread, then two, and so on; four sizes each.</summary>
    private static Match Products(int threads)
    {
        Row Size(int index) => new(
            $"sgemm {256 << index}, {Machine.Threads(threads)}", new Target(1), (ours, theirs) =>
                Number(ours[index], "gflops") / Number(Theirs(theirs, threads, index), "gflops"))
        { Detail = lines => Rate(Theirs(lines, threads, index)) };
        return new Match(
            "gemm", ["gemm", "--threads", $"{threads}"], new PeerCommand(Peer.OpenBlas, [$"{threads}"]),
            [.. Enumerable.Range(0, 4).Select(Size)]);
    }

    private static string Rate(JsonNode line) =>
        $"{Number(line, "gflops"):0} GFLOP/s" +
        (line["best_share_of_peak"] is { } share ? $", best {(double)share:P0} of peak" : "");

    private static JsonNode Theirs(IReadOnlyList<JsonNode> lines, int threads, int index) =>
        lines.Where(line => (int)line["threads"]! == threads).ElementAt(index);

    private static Match ColdStart(string net, int threads) =>
        new("load", ["load", "--net", net, "--runs", "1", "--threads", $"{threads}"], null,
            new Row(
                $"process start to first prediction of {net}, beyond an empty program", new Target(150, IsMost: true),
                (ours, _) => 1e3 * (Number(ours[0], "median_seconds") - EmptyProgram.Value))
            { Unit = " ms" });

    private static readonly Lazy<double> EmptyProgram = new(() =>
        new Timings(LoadRoute.RunOnce(5, 1, null, "load", "--net", LoadRoute.NoNet).Select(run => run.Seconds)).Median);

    private static double Number(JsonNode line, string field) => (double)line[field]!;
}
