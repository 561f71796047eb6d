using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attune.Codecs;

/// <summary>What the channels of a JPEG image mean.</summary>
internal enum JpegColourSpace
{
    Gray,
    Rgb,
    YCbCr,
    Cmyk,
    Ycck,
}

/// <summary>
/// From rows of channels to pixels. YCbCr is that of JFIF: <c>r = y + 1.402·(cr − 128)</c>,
/// <c>g = y − 0.34414·(cb − 128) − 0.71414·(cr − 128)</c>, <c>b = y + 1.772·(cb − 128)</c>, in whole numbers with 16
/// bits after the point. Inks are stored as what they leave of the light: <c>r = c·k/255</c> and so on.
/// </summary>
internal static class JpegColour
{
    private const int Half = 1 << 15;

    // 1.402, 1.772, 0.34414 and 0.71414 with 16 bits after the point.
    private const int RedOfCr = 91881, BlueOfCb = 116130, GreenOfCb = 22554, GreenOfCr = 46802;

    public static void ToPixels(
        JpegColourSpace space, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third,
        ReadOnlySpan<byte> fourth, Span<byte> pixels)
    {
        switch (space)
        {
            case JpegColourSpace.Gray:
                first[..pixels.Length].CopyTo(pixels);
                break;
            case JpegColourSpace.Rgb:
                for (int x = 0; x < pixels.Length / 3; x++)
                    (pixels[3 * x], pixels[3 * x + 1], pixels[3 * x + 2]) = (first[x], second[x], third[x]);
                break;
            case JpegColourSpace.YCbCr:
                FromYCbCr(first, second, third, pixels);
                break;
            case JpegColourSpace.Cmyk:
                for (int x = 0; x < pixels.Length / 3; x++)
                    (pixels[3 * x], pixels[3 * x + 1], pixels[3 * x + 2]) =
                        (Inked(first[x], fourth[x]), Inked(second[x], fourth[x]), Inked(third[x], fourth[x]));
                break;
            default:
                FromYCbCr(first, second, third, pixels);
                for (int x = 0; x < pixels.Length; x++)
                    pixels[x] = Inked(255 - pixels[x], fourth[x / 3]);
                break;
        }
    }

    private static byte Inked(int colour, int black) => (byte)((colour * black + 127) / 255);

    private static void FromYCbCr(
        ReadOnlySpan<byte> luma, ReadOnlySpan<byte> blueness, ReadOnlySpan<byte> redness, Span<byte> pixels)
    {
        int width = pixels.Length / 3, x = 0;
        // Eight pixels are written as two times 16 bytes, of which 12 count: there must be two pixels behind them.
        if (BitConverter.IsLittleEndian)
            for (; x <= width - 10; x += 8)
                WriteEight(Eight(luma[x..]), Eight(blueness[x..]), Eight(redness[x..]), pixels.Slice(3 * x, 28));
        for (; x < width; x++)
        {
            int y = luma[x], cb = blueness[x] - 128, cr = redness[x] - 128;
            pixels[3 * x] = Clamped(y + ((RedOfCr * cr + Half) >> 16));
            pixels[3 * x + 1] = Clamped(y + ((Half - GreenOfCb * cb - GreenOfCr * cr) >> 16));
            pixels[3 * x + 2] = Clamped(y + ((BlueOfCb * cb + Half) >> 16));
        }
    }

    private static void WriteEight(Vector256<int> y, Vector256<int> cb, Vector256<int> cr, Span<byte> pixels)
    {
        Vector256<int> middle = Vector256.Create(128), half = Vector256.Create(Half);
        cb -= middle;
        cr -= middle;
        Vector256<int> red = Clamped(y + ((cr * RedOfCr + half) >> 16));
        Vector256<int> green = Clamped(y + ((half - cb * GreenOfCb - cr * GreenOfCr) >> 16));
        Vector256<int> blue = Clamped(y + ((cb * BlueOfCb + half) >> 16));
        Vector256<byte> four = (red | green << 8 | blue << 16).AsByte();
        Vector128<byte> order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);
        Vector128.Shuffle(four.GetLower(), order).CopyTo(pixels);
        Vector128.Shuffle(four.GetUpper(), order).CopyTo(pixels[12..]);
    }

    private static Vector256<int> Eight(ReadOnlySpan<byte> samples)
    {
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(samples)).AsByte();
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int32(bytes);
        Vector128<ushort> wide = Vector128.WidenLower(bytes);
        return Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide)).AsInt32();
    }

    private static Vector256<int> Clamped(Vector256<int> values) =>
        Vector256.Min(Vector256.Max(values, Vector256<int>.Zero), Vector256.Create(255));

    private static byte Clamped(int value) => (byte)Math.Clamp(value, 0, 255);
}
