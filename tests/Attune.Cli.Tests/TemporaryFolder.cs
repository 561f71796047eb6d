namespace Attune.Cli.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("attune-").FullName;

    public string Place(string name) => Path.Combine(FullName, name);

    /// <summary>Writes a text and says where.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(Place(name), text);
        return Place(name);
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
