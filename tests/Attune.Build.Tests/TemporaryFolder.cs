namespace Attune.Build.Tests;

/// <summary>A folder of its own, gone when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("attune-build-").FullName;

    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Write(string name, TestModel model) => Write(name, model.ToBytes());

    public string Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A package with the model in it; returns the package's path.</summary>
    public string WritePackage(string name, TestModel model)
    {
        Write($"{name}/Manifest.json", """
            {
              "fileFormatVersion": "1.0.0",
              "itemInfoEntries": {
                "7B1F": { "name": "weights", "path": "com.apple.CoreML/weights" },
                "E52A": { "name": "model.mlmodel", "path": "com.apple.CoreML/model.mlmodel" }
              },
              "rootModelIdentifier": "E52A"
            }
            """);
        Write($"{name}/Data/com.apple.CoreML/weights/weight.bin", new byte[128]);
        Write($"{name}/Data/com.apple.CoreML/model.mlmodel", model);
        return System.IO.Path.Combine(Path, name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
