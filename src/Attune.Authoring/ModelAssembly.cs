using Attune.Format;

namespace Attune.Authoring;

/// <summary>Where drafts get their documents from.</summary>
internal static class ModelAssembly
{
    /// <summary>A document without anything in it, for models whose messages hold all of their weights.</summary>
    public static ModelDocument Empty() =>
        ModelDocument.Of(new Format.Specification.Model { SpecificationVersion = 1 });
}
