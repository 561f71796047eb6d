using System.Diagnostics;

namespace Attune.Benchmarks.Route;

/// <summary>Durations of many equal runs, in seconds, shortest first.</summary>
internal sealed class Timings
{
    private readonly double[] sorted;

    public Timings(IEnumerable<double> seconds) => sorted = [.. seconds.Order()];

    public int Runs => sorted.Length;

    public double Best => sorted[0];

    /// <summary>The one in the middle, or the mean of the two.</summary>
    public double Median => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    public double Quantile(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    /// <summary>
    /// Some runs that do not count, then as many as fit into the time, at least <paramref name="atLeast"/>.
    /// </summary>
    public static Timings Of(Action run, double seconds, int warmUps = 3, int atLeast = 1)
    {
        for (int i = 0; i < warmUps; i++)
            run();
        var times = new List<double>();
        long begin = Stopwatch.GetTimestamp();
        while (times.Count < atLeast || Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return new Timings(times);
    }
}
