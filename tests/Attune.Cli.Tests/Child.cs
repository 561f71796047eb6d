using System.Diagnostics;
using System.Text;

namespace Attune.Cli.Tests;

/// <summary>The tool as a process that runs while a test looks at it, and sends it signals.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly StringBuilder error = new();
    private readonly Task<string> output;

    public Child(params string[] args)
    {
        process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Attune.Cli.dll"), .. args])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Waits for a line beside the result that begins so.</summary>
    public async Task WaitForLineAsync(string beginning)
    {
        while (await process.StandardError.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            error.AppendLine(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return;
        }
        Assert.Fail($"The tool ended without '{beginning}': {error}");
    }

    /// <summary>What Ctrl-C sends.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("sh", ["-c", FormattableString.Invariant($"kill -INT {process.Id}")]);
        kill.WaitForExit();
    }

    public void Kill() => process.Kill();

    public async Task<Ran> EndAsync()
    {
        string rest = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new Ran(process.ExitCode, await output, error + rest);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
