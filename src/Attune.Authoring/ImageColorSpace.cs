namespace Attune.Authoring;

/// <summary>The channels of an image as the network sees them, each from 0 to 255. Core ML's colour spaces.</summary>
public enum ImageColorSpace
{
    /// <summary>One channel.</summary>
    Grayscale = 10,

    /// <summary>Three channels: red, green, blue.</summary>
    Rgb = 20,

    /// <summary>Three channels: blue, green, red.</summary>
    Bgr = 30,

    /// <summary>One channel of half-precision numbers. Needs specification version 7 (iOS 16).</summary>
    GrayscaleFloat16 = 40,
}
