using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Build;

/// <summary>
/// Model file to <see cref="ModelInterface"/>. Reads descriptions and seeks past the weights, so that a model of
/// gigabytes costs no more than a small one.
/// </summary>
internal static class ModelInterfaceReader
{
    /// <summary>Compiling a constructor takes time that grows with the square of its parameters.</summary>
    public const int MostFeatures = 2_000;

    private const int LargestDescription = 16 << 20;

    /// <summary>What the model at <paramref name="path"/> tells, or null after an error was added.</summary>
    /// <param name="path">A .mlmodel file or a .mlpackage directory.</param>
    /// <param name="diagnostics">Findings are added here.</param>
    public static ModelInterface? Read(string path, ICollection<Diagnostic> diagnostics)
    {
        try
        {
            if (Locate(path, diagnostics) is not { } file)
                return null;
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            ModelDescription description = ReadDescription(stream, out bool isUpdatable);
            return new ModelInterfaceMaker(path, diagnostics).Make(description, isUpdatable);
        }
        catch (InvalidProtocolBufferException)
        {
            diagnostics.Add(Diagnostics.FileBroken(path, "It ends early, or is something else."));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            diagnostics.Add(Diagnostics.FileBroken(path, error.Message));
        }
        return null;
    }

    private static string? Locate(string path, ICollection<Diagnostic> diagnostics)
    {
        string extension = Path.GetExtension(path.TrimEnd('/', '\\')).ToLowerInvariant();
        if (extension is not (".mlmodel" or ".mlpackage"))
            diagnostics.Add(Diagnostics.WrongKind(path));
        else if (extension == ".mlmodel" ? !File.Exists(path) : !Directory.Exists(path))
            diagnostics.Add(Diagnostics.FileMissing(path));
        else
            return extension == ".mlmodel" ? path : PackageManifest.FindModel(path);
        return null;
    }

    /// <summary>Reads the fields of the outermost message that matter here.</summary>
    private static ModelDescription ReadDescription(Stream stream, out bool isUpdatable)
    {
        var description = new ModelDescription();
        var fields = new FieldReader(stream);
        bool isModel = false;
        isUpdatable = false;
        while (fields.Next())
            switch (fields.Number, fields.Type)
            {
                case (1, WireFormat.WireType.Varint):
                    isModel = fields.ReadVarint() != 0;
                    break;
                case (2, WireFormat.WireType.LengthDelimited):
                    description.MergeFrom(fields.ReadBytes(LargestDescription));
                    break;
                case (10, WireFormat.WireType.Varint):
                    isUpdatable = fields.ReadVarint() != 0;
                    break;
                default:
                    fields.Skip();
                    break;
            }
        return isModel ? description : throw new InvalidDataException("It has no specification version.");
    }
}
