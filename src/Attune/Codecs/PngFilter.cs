using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attune.Codecs;

/// <summary>The five filters of PNG rows: a byte is stored as its difference from a guess made of its
/// neighbours.</summary>
internal static class PngFilter
{
    /// <summary>Turns a stored row back into its bytes, in place.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 average of both, 4 Paeth's choice.</param>
    /// <param name="row">The row.</param>
    /// <param name="above">The row above, as long; all zero for the first.</param>
    /// <param name="distance">Bytes from a pixel to its left neighbour.</param>
    /// <exception cref="ImageFormatException">There is no such filter.</exception>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                UndoLeft(row, distance);
                break;
            case 2:
                UndoAbove(row, above);
                break;
            case 3:
                UndoAverage(row, above, distance);
                break;
            case 4 when distance is 3 or 4 && Vector128.IsHardwareAccelerated:
                UndoPaethOfPixels(row, above, distance);
                break;
            case 4:
                UndoPaeth(row, above, distance);
                break;
            default:
                throw new ImageFormatException(
                    $"PNG rows have filters 0 to 4; this image has {filter}. It is damaged.");
        }
    }

    /// <summary>Any distance, byte by byte: what the fast way for pixels of 3 and 4 bytes is compared with.</summary>
    public static void UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        above = above[..row.Length];
        for (int i = 0; i < row.Length; i++)
            row[i] += i < distance ? above[i] : Paeth(row[i - distance], above[i], above[i - distance]);
    }

    private static void UndoLeft(Span<byte> row, int distance)
    {
        if (distance == 1)
        {
            byte left = 0;
            for (int i = 0; i < row.Length; i++)
                row[i] = left += row[i];
            return;
        }
        // All bytes of a pixel of up to 4 bytes at once: sums of bytes in a word, with the carries kept apart.
        if (distance is 3 or 4)
        {
            uint left = 0;
            for (int i = 0; i + 4 <= row.Length; i += distance)
            {
                Span<byte> pixel = row.Slice(i, 4);
                uint value = MemoryMarshal.Read<uint>(pixel);
                left = ((left & 0x7F7F7F7F) + (value & 0x7F7F7F7F)) ^ ((left ^ value) & 0x80808080);
                // The fourth byte is the next pixel's, where there are three to a pixel.
                if (distance == 4)
                    MemoryMarshal.Write(pixel, left);
                else
                    for (int k = 0; k < 3; k++)
                        pixel[k] = BitConverter.IsLittleEndian ? (byte)(left >> (8 * k)) : (byte)(left >> (24 - 8 * k));
            }
            if (distance == 4)
                return;
            for (int i = row.Length - 3; i >= 3 && i < row.Length; i++)
                row[i] += row[i - 3];
            return;
        }
        for (int i = distance; i < row.Length; i++)
            row[i] += row[i - distance];
    }

    private static void UndoAbove(Span<byte> row, ReadOnlySpan<byte> above)
    {
        int i = 0;
        for (; i <= row.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
            (Vector256.Create((ReadOnlySpan<byte>)row[i..]) + Vector256.Create(above[i..])).CopyTo(row[i..]);
        for (; i < row.Length; i++)
            row[i] += above[i];
    }

    private static void UndoAverage(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        above = above[..row.Length];
        int first = Math.Min(distance, row.Length);
        for (int i = 0; i < first; i++)
            row[i] += (byte)(above[i] / 2);
        for (int i = first; i < row.Length; i++)
            row[i] += (byte)((row[i - distance] + above[i]) / 2);
    }

    /// <summary>
    /// A pixel's bytes side by side in 16-bit lanes: each pixel waits for its left neighbour, but its channels do not
    /// wait for each other, and nothing branches.
    /// </summary>
    private static void UndoPaethOfPixels(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        Vector128<short> left = default, corner = default;
        int i = 0;
        for (; i + 4 <= row.Length; i += distance)
        {
            Vector128<short> up = Load(above[i..]);
            Vector128<short> toLeft = up - corner, toAbove = left - corner;
            Vector128<short> toCorner = Vector128.Abs(toLeft + toAbove);
            toLeft = Vector128.Abs(toLeft);
            toAbove = Vector128.Abs(toAbove);
            Vector128<short> least = Vector128.Min(toCorner, Vector128.Min(toLeft, toAbove));
            Vector128<short> guess = Vector128.ConditionalSelect(
                Vector128.Equals(least, toLeft), left,
                Vector128.ConditionalSelect(Vector128.Equals(least, toAbove), up, corner));
            left = (Load(row[i..]) + guess) & Vector128.Create((short)255);
            corner = up;
            uint pixel = Vector128.Narrow(left.AsUInt16(), left.AsUInt16()).AsUInt32().ToScalar();
            if (distance == 4)
            {
                MemoryMarshal.Write(row[i..], pixel);
            }
            else
            {
                // The fourth byte is the next pixel's.
                uint next = (uint)row[i + 3];
                MemoryMarshal.Write(
                    row[i..], BitConverter.IsLittleEndian ? (pixel & 0xFFFFFF) | next << 24 : (pixel & ~0xFFu) | next);
            }
        }
        // The last pixel of three bytes has no fourth byte behind it.
        for (; i < row.Length; i++)
            row[i] += i < distance ? above[i] : Paeth(row[i - distance], above[i], above[i - distance]);
    }

    private static Vector128<short> Load(ReadOnlySpan<byte> pixel) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(MemoryMarshal.Read<uint>(pixel)).AsByte()).AsInt16();

    /// <summary>Whichever of the three is nearest to left + above - corner; ties go left, then above.</summary>
    private static byte Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - 2 * corner);
        if (toLeft <= toAbove && toLeft <= toCorner)
            return (byte)left;
        return (byte)(toAbove <= toCorner ? above : corner);
    }
}
