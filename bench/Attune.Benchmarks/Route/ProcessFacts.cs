using System.Diagnostics;
using System.Globalization;

namespace Attune.Benchmarks.Route;

/// <summary>What this process has taken so far.</summary>
internal static class ProcessFacts
{
    /// <summary>The most memory it ever had, in MiB, runtime included.</summary>
    public static double PeakMegabytes()
    {
        const string Status = "/proc/self/status";
        if (File.Exists(Status))
            foreach (string line in File.ReadLines(Status))
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return Math.Round(double.Parse(line[6..^2].Trim(), CultureInfo.InvariantCulture) / 1024, 1);
        using var self = Process.GetCurrentProcess();
        return Math.Round(self.PeakWorkingSet64 / (1024.0 * 1024), 1);
    }

    /// <summary>Seconds of all processors together.</summary>
    public static double CpuSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
