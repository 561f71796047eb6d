using System.Diagnostics;
using Attune.Tests.Files;

namespace Attune.Tests.Update;

/// <summary>Kills a process that trains, at random moments, and lets it go on from its checkpoint.</summary>
public sealed class KilledUpdateTests : IDisposable
{
    // Of an update of about 56 mini-batches that take 10 ms and more each.
    private const int Pause = 10, MostKills = 8, LongestDelay = 250;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_update_that_is_killed_again_and_again_ends_with_the_same_bits(int seed)
    {
        Skip.If(OperatingSystem.IsBrowser(), "A browser starts no processes.");
        string images = Directory.CreateDirectory(folder.In("images")).FullName;
        LongUpdate.MakeImages(images);
        await LongUpdate.RunAsync(images, folder.In("Whole.mlmodel"), checkpoint: null);
        var random = new Random(seed);
        string checkpoint = folder.In("update.checkpoint"), result = folder.In("Killed.mlmodel");

        int kills = 0, withCheckpoint = 0;
        // The first time it is killed whenever it comes, also before there is a checkpoint; then after one was written.
        while (kills < MostKills && !await RunAsync(random.Next(LongestDelay), awaitsCheckpoint: kills > 0))
        {
            kills++;
            withCheckpoint += File.Exists(checkpoint) ? 1 : 0;
        }
        if (kills == MostKills)
            Assert.True(await RunAsync(killAfter: null, awaitsCheckpoint: false));

        Assert.True(withCheckpoint >= 1, $"{withCheckpoint} of {kills} kills found a checkpoint.");
        Assert.False(File.Exists(checkpoint));
        Assert.Equal(File.ReadAllBytes(folder.In("Whole.mlmodel")), File.ReadAllBytes(result));

        async Task<bool> RunAsync(int? killAfter, bool awaitsCheckpoint) =>
            await TrainAsync(images, result, checkpoint, killAfter, awaitsCheckpoint);
    }

    /// <returns>Whether it came to its end.</returns>
    private static async Task<bool> TrainAsync(
        string images, string result, string checkpoint, int? killAfter, bool awaitsCheckpoint)
    {
        string program = typeof(LongUpdate).Assembly.Location;
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [program, images, result, checkpoint, FormattableString.Invariant($"{Pause}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string? told = await process.StandardOutput.ReadLineAsync();
        if (told != "begin")
            Assert.Fail($"The process did not begin to train: {await errors}");
        if (killAfter is { } delay)
        {
            while (awaitsCheckpoint && !File.Exists(checkpoint) && !process.HasExited)
                await Task.Delay(1);
            await Task.Delay(delay);
            process.Kill();
        }
        await process.WaitForExitAsync();
        bool isKilled = !File.Exists(result);
        Assert.True(isKilled || process.ExitCode is 0 or 137, await errors);
        return !isKilled;
    }
}
