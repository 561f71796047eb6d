using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Attune.Benchmarks.Route;

/// <summary>A program run from start to end, seen from outside.</summary>
/// <param name="Seconds">From start to end.</param>
/// <param name="Lines">The lines of JSON that it printed.</param>
internal sealed record ChildProcess(double Seconds, IReadOnlyList<JsonNode> Lines)
{
    /// <summary>Runs this program again with other arguments.</summary>
    public static ChildProcess RunSelf(params ReadOnlySpan<string> arguments)
    {
        string self = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(self) == "dotnet";
        return isHost
            ? Run(self, [Assembly.GetEntryAssembly()!.Location, .. arguments])
            : Run(self, [.. arguments]);
    }

    /// <exception cref="InvalidOperationException">It failed, or cannot be started.</exception>
    public static ChildProcess Run(
        string program,
        IReadOnlyList<string> arguments,
        string folder = "",
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}: " +
                errors.Result.Trim());
        IEnumerable<string> results = text.Split('\n').Where(line => line.StartsWith('{'));
        return new ChildProcess(seconds, [.. results.Select(line => JsonNode.Parse(line)!)]);
    }
}
