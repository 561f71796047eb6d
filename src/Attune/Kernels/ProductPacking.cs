namespace Attune.Kernels;

/// <summary>The operands of a product rearranged as the register tile reads them, in blocks of k.</summary>
internal static unsafe class ProductPacking<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // Rows of B packed at a time, for all panels: their pages stay known to the processor meanwhile.
    private const int Together = 32;

    /// <summary>
    /// Packs k steps of rows of op(A), panels of as many rows as the tile has, each [k][rows], one after the other.
    /// </summary>
    public static void Rows(
        in ProductShape shape, float* a, int firstRow, int count, int firstK, int k, float* target)
    {
        for (int row = 0; row < count; row += TLanes.TileRows, target += (nint)TLanes.TileRows * k)
        {
            int rows = Math.Min(TLanes.TileRows, count - row);
            nint source = firstRow + row;
            if (shape.TransposeA)
                Packing.CopyStrip(a + firstK * (nint)shape.StrideA + source, shape.StrideA, k, rows, rows, target);
            else
                Packing.TransposeStrip(a + source * shape.StrideA + firstK, shape.StrideA, k, rows, rows, target);
        }
    }

    /// <summary>
    /// Packs k steps of columns of op(B), panel after panel, each [k][columns]; the last is filled up to whole vectors.
    /// </summary>
    public static void Columns(
        in ProductShape shape, float* b, int firstColumn, int endColumn, int firstK, int k, float* target)
    {
        for (int first = 0; first < k; first += Together)
            for (int column = firstColumn; column < endColumn; column += ProductPanel<TLanes, TVector>.Columns)
            {
                int count = Math.Min(ProductPanel<TLanes, TVector>.Columns, endColumn - column);
                int width = ProductPanel<TLanes, TVector>.Width(count);
                Panel(
                    shape.TransposeB, b, shape.StrideB, firstK + first, Math.Min(Together, k - first), column, count,
                    width, target + (nint)(column - firstColumn) * k + (nint)first * width);
            }
    }

    /// <summary>Packs k steps of one panel of op(B).</summary>
    public static void Panel(
        bool transpose, float* b, nint stride, int firstK, int k, int column, int count, int width, float* target)
    {
        if (transpose)
            Packing.TransposeStrip(b + column * stride + firstK, stride, k, count, width, target);
        else
            Packing.CopyStrip(b + firstK * stride + column, stride, k, count, width, target);
    }
}
