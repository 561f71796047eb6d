using Attune.Files;

namespace Attune.Format;

/// <summary>A model that was opened from a disk: what it is, and where it came from.</summary>
internal sealed class OpenedModel(ModelDocument document, ModelSource source)
{
    public ModelDocument Document { get; } = document;

    /// <summary>Where it was opened, its form, and what belongs to it beside the document.</summary>
    public ModelSource Source { get; } = source;

    /// <summary>The full path that was opened.</summary>
    public string Path => Source.Path;
}
