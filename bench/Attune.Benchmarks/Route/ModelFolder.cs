using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Attune.Benchmarks.Route;

/// <summary>
/// The folder with the model files: NAME.mlmodel, and for checking predictions NAME.json, NAME.input.bin and
/// NAME.output.bin, raw little-endian float32.
/// </summary>
internal sealed class ModelFolder(string path)
{
    /// <summary>The folder that <c>--models</c> names, else the one beside the repository.</summary>
    public static ModelFolder Of(Arguments arguments) => new(arguments.Text("models") ?? Standard() ?? "");

    public string PathOf(BenchmarkNet net) => Require(net.FileName + ".mlmodel");

    public MLModel Load(BenchmarkNet net, MLModelConfiguration configuration) =>
        net.Name == TinyNet.Description.Name ? TinyNet.Build() : MLModel.Load(PathOf(net), configuration);

    /// <summary>The stored input of one sample, and what the network makes of it.</summary>
    public (float[] Input, float[] Output) Reference(BenchmarkNet net)
    {
        JsonNode facts = JsonNode.Parse(File.ReadAllText(Require(net.FileName + ".json")))!;
        return (Floats((string)facts["input"]!["file"]!), Floats((string)facts["output"]!["file"]!));
    }

    private float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Require(name))).ToArray();

    private string Require(string name)
    {
        string file = Path.Combine(path, name);
        return File.Exists(file)
            ? file
            : throw new ArgumentException($"There is no model file '{file}'. Name the folder of models by --models.");
    }

    private static string? Standard()
    {
        if (Environment.GetEnvironmentVariable("ATTUNE_SHARED") is { Length: > 0 } shared)
            return Path.Combine(shared, "peers", "models");

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Attune.slnx")))
            folder = folder.Parent;
        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "peers", "models") : null;
    }
}
