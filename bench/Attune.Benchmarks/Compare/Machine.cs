using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Attune.Kernels;

namespace Attune.Benchmarks.Compare;

/// <summary>What the numbers depend on besides the programs.</summary>
internal static class Machine
{
    public static void Print(PeerKit kit, int threads, TextWriter output)
    {
        int lanes = (int)VectorWidths.Best;
        output.WriteLine($"processor:  {Processor()}, {Environment.ProcessorCount} logical, vectors of {lanes} floats");
        output.WriteLine($"software:   {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
        if (File.Exists("/proc/loadavg"))
        {
            string[] load = File.ReadAllText("/proc/loadavg").Split(' ')[..3];
            output.WriteLine($"load:       {string.Join(' ', load)} before the start");
        }
        if (kit.ForcedCore is { } core)
            output.WriteLine($"OpenBLAS:   does not know this processor; OPENBLAS_CORETYPE={core}");
        if (kit.Absence(Peer.Peak) is null)
            foreach (JsonNode line in kit.Run(new PeerCommand(Peer.Peak, [$"{threads}"])))
                output.WriteLine($"peak:       {line["gflops"]} GFLOP/s, {line["isa"]}, {Threads((int)line["threads"]!)}");
        output.WriteLine();
    }

    public static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

    /// <summary>
    /// Processor time that a virtual machine's host gave to others, and all, in ticks since the machine's start.
    /// </summary>
    public static (double Stolen, double All) ReadStolen()
    {
        const string Statistics = "/proc/stat";
        if (!File.Exists(Statistics))
            return (0, 0);
        // user nice system idle iowait irq softirq steal
        string[] fields = File.ReadLines(Statistics).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] ticks = [.. fields[1..9].Select(double.Parse)];
        return (ticks[7], ticks.Sum());
    }

    public static void PrintStolen((double Stolen, double All) before, TextWriter output)
    {
        (double stolen, double all) = ReadStolen();
        if (all > before.All)
            output.WriteLine(
                $"\nProcessor time that the host gave to others: {(stolen - before.Stolen) / (all - before.All):P1}");
    }

    private static string Processor()
    {
        const string Facts = "/proc/cpuinfo";
        if (File.Exists(Facts))
            foreach (string line in File.ReadLines(Facts))
                if (line.StartsWith("model name", StringComparison.Ordinal))
                    return line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
        return RuntimeInformation.ProcessArchitecture.ToString();
    }
}
