namespace Attune;

/// <summary>
/// How one pixel of an <see cref="MLPixelBuffer"/> stands in memory. The numbers are those of Core Video's
/// <c>kCVPixelFormatType</c> constants.
/// </summary>
public enum MLPixelFormat
{
    /// <summary>Red, green, blue: 3 bytes, 0 to 255 each (<c>24RGB</c>).</summary>
    Rgb24 = 24,

    /// <summary>Blue, green, red, alpha: 4 bytes, 0 to 255 each (<c>32BGRA</c>). Models ignore alpha.</summary>
    Bgra32 = 0x42475241,

    /// <summary>Gray: 1 byte, 0 (black) to 255 (white) (<c>OneComponent8</c>).</summary>
    OneComponent8 = 0x4C303038,

    /// <summary>Gray: one <see cref="Half"/> in the machine's order of bytes, 0 (black) to 255 (white) like the 8-bit
    /// formats, so that a model meets the same numbers (<c>OneComponent16Half</c>).</summary>
    OneComponent16Half = 0x4C303068,

    /// <summary>Red, green, blue, alpha: 4 bytes, 0 to 255 each (<c>32RGBA</c>). Models ignore alpha.</summary>
    Rgba32 = 0x52474241,
}
