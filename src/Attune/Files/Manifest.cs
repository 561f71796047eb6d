using System.Text.Json;

namespace Attune.Files;

/// <summary>Reads the JSON files that say what a model's folder holds.</summary>
internal static class Manifest
{
    private const long MostBytes = 16 << 20;

    /// <summary>Reads a manifest, which has to be an object.</summary>
    /// <exception cref="MLModelFormatException">It is no JSON object, or far too large.</exception>
    public static JsonDocument Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > MostBytes)
            throw Refuse(path, $"takes at most {MostBytes} bytes; got {stream.Length}");
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(stream);
        }
        catch (JsonException error)
        {
            throw Refuse(path, $"is not JSON: {error.Message}", error);
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw Refuse(path, "takes a JSON object");
    }

    /// <summary>The text of a property; the default where it is absent, an error where it is of another kind.</summary>
    public static string Text(JsonElement of, string name, string path, string? absent = null)
    {
        if (!of.TryGetProperty(name, out JsonElement value))
            return absent ?? throw Refuse(path, $"has no '{name}'");
        if (value.ValueKind != JsonValueKind.String)
            throw Refuse(path, $"takes text for '{name}'");
        return Whole(() => value.GetString()!, name, path);
    }

    /// <summary>The name of a property.</summary>
    public static string Name(JsonProperty property, string of, string path) => Whole(() => property.Name, of, path);

    // Escapes in JSON may be half a character, which is found when the text is made.
    private static string Whole(Func<string> text, string name, string path)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException error)
        {
            throw Refuse(path, $"takes text for '{name}'", error);
        }
    }

    public static MLModelFormatException Refuse(string path, string what, Exception? cause = null) =>
        new($"'{path}' {what}. The model's folder is damaged.", path, cause);
}
