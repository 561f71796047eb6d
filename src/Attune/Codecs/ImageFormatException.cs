namespace Attune;

/// <summary>The bytes are no image that can be read: of another format, damaged, or too large.</summary>
public sealed class ImageFormatException : Exception
{
    /// <summary>An exception with its message.</summary>
    /// <param name="message">Full sentences: what is wrong with the image; what to do.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public ImageFormatException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
