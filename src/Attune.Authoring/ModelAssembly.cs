using Attune.Format;

namespace Attune.Authoring;

/// <summary>Where drafts get their documents from.</summary>
internal static class ModelAssembly
{
    /// <summary>A document without anything in it, for models whose messages hold all of their weights.</summary>
    public static ModelDocument Empty() =>
        ModelDocument.Of(new Format.Specification.Model { SpecificationVersion = 1 });

    /// <summary>The document of a model, with the weights that training or the caller has given it.</summary>
    public static ModelDocument DocumentOf(MLModel model)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("attune-");
        try
        {
            string path = Path.Combine(folder.FullName, "model.mlmodel");
            model.Write(path);
            return ModelDocument.Read(File.ReadAllBytes(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
