namespace Attune.Kernels;

/// <summary>The part of a product that lies in one panel of columns: the register tile runs down its rows.</summary>
internal static unsafe class ProductPanel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Columns of a full panel; the last one of a matrix may be narrower.</summary>
    public static int Columns => RegisterTile<TLanes, TVector>.Columns;

    /// <summary>Floats per row of a packed panel with so many columns: whole vectors.</summary>
    public static int Width(int columns) => (columns + TLanes.Count - 1) / TLanes.Count * TLanes.Count;

    /// <summary>
    /// Adds k steps of the sums, from <paramref name="firstK"/> on, to <paramref name="rows"/> rows of C. A is packed,
    /// its panels [k][tile rows] one after the other; B has rows of <see cref="Width"/> values, at its stride.
    /// </summary>
    public static void Run(
        in ProductShape shape, in ProductOperands operands, int firstRow, int rows, int column, int firstK, int k,
        float* packedA, float* b, nint strideB)
    {
        int count = Math.Min(Columns, shape.N - column);
        int width = Width(count);
        int vectors = width / TLanes.Count;
        bool last = firstK + k == shape.K;
        var store = new TileStore
        {
            Stride = shape.StrideC,
            Add = shape.Accumulate || firstK > 0,
            ColumnBias = last && operands.End.ColumnBias != null ? operands.End.ColumnBias + column : null,
            Rectify = last && operands.End.Rectify,
        };
        for (int row = 0; row < rows; row += TLanes.TileRows)
        {
            int tileRows = Math.Min(TLanes.TileRows, rows - row);
            float* a = packedA + (nint)row * k;
            nint rowOfC = firstRow + row;
            store.C = operands.C + rowOfC * shape.StrideC + column;
            store.RowBias = last && operands.End.RowBias != null ? operands.End.RowBias + rowOfC : null;
            if (count == width)
                RegisterTile<TLanes, TVector>.Run(tileRows, vectors, k, a, new StridedRows(b, strideB), store);
            else
                PartialTile<TLanes, TVector>.Run(tileRows, vectors, count, k, a, new StridedRows(b, strideB), store);
        }
    }
}
