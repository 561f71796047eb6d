using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Attune.Kernels;

namespace Attune.Benchmarks.Compare;

/// <summary>What the numbers depend on besides the programs.</summary>
internal static class Machine
{
    public static void Print(PeerKit kit, int threads, TextWriter output)
    {
        output.WriteLine($"processor:  {Processor()}, {Environment.ProcessorCount} logical, vectors of {(int)VectorWidths.Best} floats");
        output.WriteLine($"software:   {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
        if (File.Exists("/proc/loadavg"))
            output.WriteLine($"load:       {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3])} before the start");
        if (kit.Absence(Peer.Peak) is null)
            foreach (JsonNode line in kit.Run(new PeerCommand(Peer.Peak, [$"{threads}"])))
                output.WriteLine($"peak:       {line["gflops"]} GFLOP/s, {line["isa"]}, threads: {line["threads"]}");
        output.WriteLine();
    }

    /// <summary>Processor time that a virtual machine's host gave to others, and all, in ticks since the machine's start.</summary>
    public static (double Stolen, double All) ReadStolen()
    {
        const string Statistics = "/proc/stat";
        if (!File.Exists(Statistics))
            return (0, 0);
        // user nice system idle iowait irq softirq steal
        double[] ticks = [.. File.ReadLines(Statistics).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(double.Parse)];
        return (ticks[7], ticks.Sum());
    }

    public static void PrintStolen((double Stolen, double All) before, TextWriter output)
    {
        (double stolen, double all) = ReadStolen();
        if (all > before.All)
            output.WriteLine($"\nProcessor time taken by others on the host meanwhile: {(stolen - before.Stolen) / (all - before.All):P1}");
    }

    private static string Processor()
    {
        const string Facts = "/proc/cpuinfo";
        string? line = File.Exists(Facts) ? File.ReadLines(Facts).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
    }
}
