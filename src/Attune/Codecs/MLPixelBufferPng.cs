using Attune.Codecs;

namespace Attune;

/// <summary>Saves images, such as a model's outputs, as PNG files.</summary>
public static class MLPixelBufferPng
{
    /// <summary>Writes an image as a PNG file of 8 bits per channel: gray, colour, or colour with alpha, as its format
    /// is. Gray of half precision is rounded half to even and saturated.</summary>
    /// <param name="image">The image.</param>
    /// <param name="path">The file; one that is there is written over.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written, or the path is a folder's.
    /// </exception>
    public static void SavePng(this MLPixelBuffer image, string path)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = File.Create(path);
        PngEncoder.Encode(image, file);
    }

    /// <summary>Writes an image as a PNG file to a stream, which is left open.</summary>
    /// <param name="image">The image.</param>
    /// <param name="stream">Where the file's bytes go.</param>
    /// <inheritdoc cref="SavePng(MLPixelBuffer, string)"/>
    public static void SavePng(this MLPixelBuffer image, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        PngEncoder.Encode(image, stream);
    }
}
