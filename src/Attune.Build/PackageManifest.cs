using Google.Protobuf.WellKnownTypes;

namespace Attune.Build;

/// <summary>Finds the model file in a <c>.mlpackage</c> directory.</summary>
internal static class PackageManifest
{
    private const int LargestManifest = 1 << 20;

    /// <summary>The full path of the root model's file, which may be missing.</summary>
    /// <exception cref="InvalidDataException">The manifest is unusable; the message is a sentence.</exception>
    public static string FindModel(string package)
    {
        string manifest = Path.Combine(package, "Manifest.json");
        if (!File.Exists(manifest))
            throw new InvalidDataException("The package has no Manifest.json.");
        if (new FileInfo(manifest).Length > LargestManifest)
            throw new InvalidDataException($"Its Manifest.json is larger than {LargestManifest} bytes.");
        string item = RootItem(Parse(File.ReadAllText(manifest)));
        string data = Path.GetFullPath(Path.Combine(package, "Data")) + Path.DirectorySeparatorChar;
        string model = Path.GetFullPath(Path.Combine(data, item));
        return model.StartsWith(data, StringComparison.Ordinal)
            ? model
            : throw new InvalidDataException("Its Manifest.json names a model outside the package.");
    }

    private static Struct Parse(string json)
    {
        try
        {
            return Struct.Parser.ParseJson(json);
        }
        catch (IOException error)   // what protobuf throws for JSON, too
        {
            throw new InvalidDataException("Its Manifest.json is not JSON.", error);
        }
    }

    private static string RootItem(Struct manifest)
    {
        if (manifest.Fields.TryGetValue("rootModelIdentifier", out Value? root)
            && manifest.Fields.TryGetValue("itemInfoEntries", out Value? entries)
            && entries.StructValue is { } items
            && items.Fields.TryGetValue(root.StringValue, out Value? entry)
            && entry.StructValue is { } item
            && item.Fields.TryGetValue("path", out Value? path)
            && path.StringValue.Length > 0)
            return path.StringValue.Replace('\\', '/');
        throw new InvalidDataException("Its Manifest.json names no root model.");
    }
}
