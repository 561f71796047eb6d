using System.Text.Json;

namespace Attune.Files;

/// <summary>One entry of a package's manifest. Paths start in the package's <c>Data</c> folder.</summary>
internal sealed record PackageItem(string Identifier, string Path, string Name, string Author, string Description);

/// <summary>A package's <c>Manifest.json</c>: what it holds, and which of it is the model.</summary>
internal sealed record PackageManifest(PackageItem Root, IReadOnlyList<PackageItem> Others)
{
    public const string FileName = "Manifest.json";
    public const string DataFolder = "Data";
    public const string AppleAuthor = "com.apple.CoreML";

    /// <summary>Reads the manifest of a package.</summary>
    /// <exception cref="MLModelFormatException">It is no manifest, or names no model.</exception>
    public static PackageManifest Read(string package)
    {
        string path = System.IO.Path.Combine(package, FileName);
        using JsonDocument document = Manifest.Read(path);
        JsonElement top = document.RootElement;
        string root = Manifest.Text(top, "rootModelIdentifier", path);
        if (!top.TryGetProperty("itemInfoEntries", out JsonElement entries)
            || entries.ValueKind != JsonValueKind.Object)
            throw Manifest.Refuse(path, "has no object 'itemInfoEntries'");

        PackageItem? model = null;
        List<PackageItem> others = [];
        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Object)
                throw Manifest.Refuse(path, "takes an object for each entry");
            var item = new PackageItem(
                Manifest.Name(entry, "itemInfoEntries", path),
                Manifest.Text(entry.Value, "path", path),
                Manifest.Text(entry.Value, "name", path, ""),
                Manifest.Text(entry.Value, "author", path, ""),
                Manifest.Text(entry.Value, "description", path, ""));
            if (item.Identifier == root)
                model = item;
            else
                others.Add(item);
        }
        return new PackageManifest(
            model ?? throw Manifest.Refuse(path, $"names the model '{root}', which is not among its entries"), others);
    }

    /// <summary>Writes the manifest as Apple's tools do.</summary>
    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 4 });
        json.WriteStartObject();
        json.WriteString("fileFormatVersion", "1.0.0");
        json.WriteStartObject("itemInfoEntries");
        foreach (PackageItem item in Others.Prepend(Root))
        {
            json.WriteStartObject(item.Identifier);
            json.WriteString("author", item.Author);
            json.WriteString("description", item.Description);
            json.WriteString("name", item.Name);
            json.WriteString("path", item.Path);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteString("rootModelIdentifier", Root.Identifier);
        json.WriteEndObject();
    }

    /// <summary>An identifier that nothing else has.</summary>
    public static string NewIdentifier() => Guid.NewGuid().ToString("D").ToUpperInvariant();
}
