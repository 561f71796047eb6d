using System.Text.Json.Nodes;
using Attune.Benchmarks.Kernels;
using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Benchmarks.Route;

/// <summary>Square products of float32 matrices.</summary>
internal static class GemmRoute
{
    public static void Run(Arguments arguments, TextWriter output)
    {
        int threads = arguments.Count("threads", 2);
        double? peak = arguments.Number("peak");
        double seconds = arguments.Number("seconds") ?? 0.6;
        arguments.RequireAllKnown();
        for (int size = 256; size <= 2048; size *= 2)
            Measure(size, threads, seconds, peak).Print(output);
    }

    private static JsonObject Measure(int n, int threads, double seconds, double? peak)
    {
        float[] a = RandomNumbers.Make(n * n, seed: 1);
        float[] b = RandomNumbers.Make(n * n, seed: 2);
        var c = new float[n * n];
        var workers = Workers.For(threads);
        Timings times = Timings.Of(
            () => Gemm.Multiply<float>(workers, false, false, n, n, n, a, n, b, n, c, n, accumulate: false),
            seconds,
            warmUps: 2,
            atLeast: 3);

        double gflop = 2e-9 * n * n * n;
        JsonObject line = ResultLine.Begin("sgemm");
        line["core"] = VectorWidths.Best.ToString();
        line["size"] = n;
        line["threads"] = threads;
        line["gflops"] = Math.Round(gflop / times.Median, 1);
        line["best_gflops"] = Math.Round(gflop / times.Best, 1);
        line["runs"] = times.Runs;
        if (peak is { } most)
            line["best_share_of_peak"] = Math.Round(gflop / times.Best / most, 3);
        return line;
    }
}
