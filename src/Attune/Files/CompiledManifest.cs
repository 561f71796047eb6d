using System.Text.Json;

namespace Attune.Files;

/// <summary><c>attune.json</c>, which says which files of a compiled model's folder are the current ones.</summary>
/// <param name="Specification">The name of the file with the specification.</param>
/// <param name="Weights">The name of the file with the weights.</param>
/// <param name="AttachmentFolder">The name of the folder with the attachments; empty where there are none.</param>
/// <param name="Attachments">The attachments; their full paths are not written.</param>
internal sealed record CompiledManifest(
    string Specification, string Weights, string AttachmentFolder, IReadOnlyList<Attachment> Attachments)
{
    public const string FileName = "attune.json";
    private const int Version = 1;

    /// <exception cref="MLModelFormatException">It is no manifest of ours.</exception>
    /// <exception cref="MLModelNotSupportedException">It was written by a later version.</exception>
    public static CompiledManifest Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        using JsonDocument document = Manifest.Read(path);
        JsonElement top = document.RootElement;
        if (!top.TryGetProperty("formatVersion", out JsonElement version) || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out int number))
            throw Manifest.Refuse(path, "has no number 'formatVersion'");
        if (number != Version)
            throw new MLModelNotSupportedException(
                $"'{folder}' has format version {number}; this library reads version {Version}. "
                + "Compile the model again.");

        string attachmentFolder = Manifest.Text(top, "attachmentFolder", path, "");
        List<Attachment> attachments = [];
        if (top.TryGetProperty("attachments", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
            foreach (JsonElement entry in list.EnumerateArray())
                attachments.Add(ReadAttachment(entry, folder, attachmentFolder, path));
        return new CompiledManifest(
            Manifest.Text(top, "specification", path),
            Manifest.Text(top, "weights", path),
            attachmentFolder,
            attachments);
    }

    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("formatVersion", Version);
        json.WriteString("specification", Specification);
        json.WriteString("weights", Weights);
        json.WriteString("attachmentFolder", AttachmentFolder);
        json.WriteStartArray("attachments");
        foreach (Attachment attachment in Attachments)
        {
            json.WriteStartObject();
            json.WriteString("name", attachment.Name);
            json.WriteString("author", attachment.Author);
            json.WriteString("description", attachment.Description);
            json.WriteString("path", attachment.RelativePath);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Attachment ReadAttachment(JsonElement entry, string folder, string attachmentFolder, string path)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            throw Manifest.Refuse(path, "takes an object for each attachment");
        string relative = Manifest.Text(entry, "path", path);
        return new Attachment(
            Manifest.Text(entry, "name", path, ""),
            Manifest.Text(entry, "author", path, ""),
            Manifest.Text(entry, "description", path, ""),
            relative,
            FolderPath.Inside(folder, $"{attachmentFolder}/{relative}", path));
    }
}
