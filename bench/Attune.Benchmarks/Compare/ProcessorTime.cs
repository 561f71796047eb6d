namespace Attune.Benchmarks.Compare;

/// <summary>
/// Where the processors' time goes, in ticks since the machine's start: all of it, the busy part, what the host of a
/// virtual machine gave to others, and what this program and its children have used.
/// </summary>
internal readonly record struct ProcessorTime(double All, double Busy, double Stolen, double Own)
{
    private const string MachineFile = "/proc/stat";
    private const string ProcessFile = "/proc/self/stat";

    /// <summary>
    /// The share that other programs took, the host's other guests included; 0 where it cannot be known.
    /// </summary>
    public double OthersShare => All > 0 ? Math.Max(0, Busy - Own) / All : 0;

    public static ProcessorTime Read()
    {
        if (!File.Exists(MachineFile) || !File.Exists(ProcessFile))
            return default;
        // user nice system idle iowait irq softirq steal
        string[] machine = File.ReadLines(MachineFile).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] ticks = [.. machine[1..9].Select(double.Parse)];
        // The name in parentheses may hold spaces; user, system and both of the ended children are fields 14 to 17.
        string[] process = File.ReadAllText(ProcessFile).Split(") ")[^1].Split(' ');
        double own = process[11..15].Sum(double.Parse);
        return new ProcessorTime(ticks.Sum(), ticks.Sum() - ticks[3] - ticks[4], ticks[7], own);
    }

    public static ProcessorTime operator -(ProcessorTime later, ProcessorTime earlier) => new(
        later.All - earlier.All, later.Busy - earlier.Busy, later.Stolen - earlier.Stolen, later.Own - earlier.Own);
}
