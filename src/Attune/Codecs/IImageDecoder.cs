namespace Attune;

/// <summary>
/// Reads one format of image file. An application that meets further formats implements it and gives it in
/// <see cref="MLImageOptions.Decoders"/>; the library's own decoders are of the same kind.
/// </summary>
/// <remarks>One decoder may be used by many threads at once, so it keeps nothing between calls.</remarks>
public interface IImageDecoder
{
    /// <summary>The name of the format, for messages.</summary>
    string FormatName { get; }

    /// <summary>Whether a file begins as the format does. Files are known by their content, never by their
    /// name.</summary>
    /// <param name="start">The first 64 bytes of the file; all of it if it is shorter.</param>
    bool Recognises(ReadOnlySpan<byte> start);

    /// <summary>The image that a file holds; of several the first.</summary>
    /// <param name="stream">The file from its first byte; read forward only. It refuses to give more bytes than
    /// <see cref="ImageLimits.MaxFileBytes"/>, and looks at the token at every read.</param>
    /// <param name="limits">What to refuse, by <see cref="ImageLimits.Check"/> and
    /// <see cref="ImageLimits.CheckMemory"/>, before memory is asked for.</param>
    /// <param name="cancellationToken">To be looked at now and then where much is computed between two reads.</param>
    /// <exception cref="ImageFormatException">The file is damaged or too large.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    DecodedImage Decode(Stream stream, ImageLimits limits, CancellationToken cancellationToken);
}
