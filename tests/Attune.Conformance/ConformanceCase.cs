using System.Text.Json;

namespace Attune.Conformance;

/// <summary>One case: a model, inputs, what a reference computes for them, and how to compare.</summary>
internal sealed class ConformanceCase
{
    private readonly IReadOnlyDictionary<string, Func<byte[]>> files;

    /// <param name="suite">The folder that holds the case.</param>
    /// <param name="id">The folder of the case.</param>
    /// <param name="files">Its files, by their paths inside the folder with forward slashes.</param>
    public ConformanceCase(string suite, string id, IReadOnlyDictionary<string, Func<byte[]>> files)
    {
        this.files = files;
        Suite = suite;
        Id = id;
        using JsonDocument facts = Json("case.json");
        Facts = facts.RootElement.Clone();
    }

    public string Suite { get; }

    public string Id { get; }

    public string Name => $"{Suite}/{Id}";

    /// <summary>The content of <c>case.json</c>.</summary>
    public JsonElement Facts { get; }

    public string Mode => Facts.GetProperty("mode").GetString()!;

    public string ModelType => Facts.GetProperty("model_type").GetString() ?? "none";

    /// <summary>Layers or operations of the model, as <c>activation:ReLU</c>; the model's type where there are
    /// none.</summary>
    public IReadOnlyList<string> Operations
    {
        get
        {
            string[] named = Facts.TryGetProperty("ops", out JsonElement ops) && ops.ValueKind == JsonValueKind.Array
                ? [.. ops.EnumerateArray().Select(op => op.GetString()).OfType<string>()]
                : [];
            return named.Length > 0 ? named : [ModelType];
        }
    }

    public byte[] Read(string path) => files.TryGetValue(path, out Func<byte[]>? read)
        ? read()
        : throw new InvalidDataException($"Case {Name} has no file '{path}'.");

    public JsonDocument Json(string path) => JsonDocument.Parse(Read(path));

    /// <summary>Whether the model is one file rather than a package.</summary>
    public bool HasModelFile => files.ContainsKey(Facts.GetProperty("model").GetString()!);

    /// <summary>The bytes of a model that is one file.</summary>
    public byte[] ReadModel() => Read(Facts.GetProperty("model").GetString()!);

    public MLModel LoadModel()
    {
        string name = Facts.GetProperty("model").GetString()!;
        return files.ContainsKey(name) ? MLModel.Load(Read(name)) : LoadFolder(name);
    }

    /// <summary>Packages are opened on disk only.</summary>
    private MLModel LoadFolder(string name)
    {
        string place = Directory.CreateTempSubdirectory("attune-case").FullName;
        try
        {
            foreach (string path in files.Keys.Where(path => path.StartsWith(name + "/", StringComparison.Ordinal)))
            {
                string target = Path.Combine(place, path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllBytes(target, Read(path));
            }
            return MLModel.Load(Path.Combine(place, name));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }
}
