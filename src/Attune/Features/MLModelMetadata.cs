using System.Collections.ObjectModel;

namespace Attune;

/// <summary>What the author says about a model. Texts that the file does not hold are empty.</summary>
/// <remarks>Core ML: <c>MLModelMetadataKey</c> and its values.</remarks>
public sealed class MLModelMetadata
{
    internal MLModelMetadata()
    {
    }

    /// <summary>What the model does.</summary>
    public string Description { get; internal init; } = "";

    /// <summary>The author's own version of the model.</summary>
    public string VersionString { get; internal init; } = "";

    /// <summary>Who made it.</summary>
    public string Author { get; internal init; } = "";

    /// <summary>Under which terms it may be used.</summary>
    public string License { get; internal init; } = "";

    /// <summary>Whatever else the author noted, by key.</summary>
    public IReadOnlyDictionary<string, string> CreatorDefined { get; internal init; } =
        ReadOnlyDictionary<string, string>.Empty;
}
