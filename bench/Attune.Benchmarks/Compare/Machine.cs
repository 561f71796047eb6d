using System.Runtime.InteropServices;
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
        for (int count = 1; count <= threads; count++)
            if (kit.Peak(count) is { } peak)
                output.WriteLine($"peak:       {peak} GFLOP/s, {Threads(count)}");
        output.WriteLine();
    }

    public static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

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
