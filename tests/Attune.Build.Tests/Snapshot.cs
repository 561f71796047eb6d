namespace Attune.Build.Tests;

/// <summary>
/// Compares text with the file of that name in Snapshots/. With ATTUNE_ACCEPT=1 in the environment the file is written
/// instead, to be reviewed like code.
/// </summary>
internal static class Snapshot
{
    public static void Matches(string name, string actual)
    {
        string file = Path.Combine(Paths.Snapshots, name + ".txt");
        if (Environment.GetEnvironmentVariable("ATTUNE_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Paths.Snapshots);
            File.WriteAllText(file, actual);
        }
        Assert.True(File.Exists(file), $"There is no snapshot '{name}'. Run once with ATTUNE_ACCEPT=1.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual);
    }
}
