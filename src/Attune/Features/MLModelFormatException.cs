namespace Attune;

/// <summary>The model's file is wrong: damaged, or at odds with the format's rules.</summary>
public sealed class MLModelFormatException : Exception
{
    /// <summary>An exception with its message.</summary>
    /// <param name="message">Full sentences: what takes what; what the file holds; what to do.</param>
    /// <param name="location">Where in the file: a layer, a field, an offset; null if not known.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public MLModelFormatException(string message, string? location = null, Exception? innerException = null)
        : base(message, innerException) => Location = location;

    /// <summary>Where in the file: a layer, a field, an offset; null if not known.</summary>
    public string? Location { get; }
}
