namespace Attune;

/// <summary>The model file is wrong: damaged, cut off, or in contradiction with itself.</summary>
public sealed class MLModelFormatException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Who takes what, got what, what to do.</param>
    /// <param name="location">Where in the file: a field's path or a layer's name.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public MLModelFormatException(string message, string? location = null, Exception? innerException = null)
        : base(message, innerException) => Location = location;

    /// <summary>Where in the file: a field's path or a layer's name; null where the whole file is meant.</summary>
    public string? Location { get; }
}
