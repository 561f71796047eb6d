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
                for (int i = distance; i < row.Length; i++)
                    row[i] += row[i - distance];
                break;
            case 2:
                for (int i = 0; i < row.Length; i++)
                    row[i] += above[i];
                break;
            case 3:
                for (int i = 0; i < row.Length; i++)
                    row[i] += (byte)(((i < distance ? 0 : row[i - distance]) + above[i]) / 2);
                break;
            case 4:
                for (int i = 0; i < row.Length; i++)
                    row[i] += i < distance ? above[i] : Paeth(row[i - distance], above[i], above[i - distance]);
                break;
            default:
                throw new ImageFormatException(
                    $"PNG rows have filters 0 to 4; this image has {filter}. It is damaged.");
        }
    }

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
