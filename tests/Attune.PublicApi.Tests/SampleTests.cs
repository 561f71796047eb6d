using System.Diagnostics;

namespace Attune.PublicApi.Tests;

/// <summary>The sample as its user runs it: a process of its own.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task It_learns_and_says_so()
    {
        // This assembly lies in bin/<configuration>/<framework>; so does the sample.
        string[] place =
            AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        string program = Path.Combine(
            Repository.Root, "samples", "DigitPersonalization", "bin", place[^2], place[^1],
            "DigitPersonalization.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, $"It ended with {process.ExitCode}: {await errors}{output}");
        Assert.Matches(
            @"^digits: accuracy 0\.\d{3} -> 0\.\d{3} on 2000 test digits, 100 samples, 10 epochs, \d+\.\d+ s$",
            output.TrimEnd().Split('\n')[^1].TrimEnd());
    }
}
