namespace Attune.Codecs;

/// <summary>Reads one format of image file.</summary>
internal interface IImageDecoder
{
    /// <summary>The name of the format, for messages.</summary>
    string FormatName { get; }

    /// <summary>Whether a file begins as the format does.</summary>
    bool Recognises(ReadOnlySpan<byte> file);

    /// <summary>The image. Files are hostile: nothing is allocated on the word of a header alone.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or too large. No other exception leaves a decoder.
    /// </exception>
    DecodedImage Decode(ReadOnlyMemory<byte> file);
}
