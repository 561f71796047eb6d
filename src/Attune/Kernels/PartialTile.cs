using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>A register tile that hangs over the right edge of C: it goes through a buffer of full width.</summary>
internal static unsafe class PartialTile<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // The largest tile: 8 rows, and one of bias, of 3 vectors of 16.
    private const int Width = 48;
    private const int Rows = 8;

    /// <summary>
    /// As <see cref="RegisterTile{TLanes, TVector}"/>, but only <paramref name="count"/> columns exist in C.
    /// </summary>
    [SkipLocalsInit]
    public static void Run<TRowsOfB>(int rows, int vectors, int count, int k, float* a, TRowsOfB b, in TileStore store)
        where TRowsOfB : struct, IRowsOfB
    {
        float* buffer = stackalloc float[(Rows + 1) * Width];
        TileStore inside = store;
        inside.C = buffer;
        inside.Stride = Width;
        for (int row = 0; store.Add && row < rows; row++)
            Copy(store.C + row * store.Stride, buffer + row * Width, count);
        if (store.ColumnBias != null)
        {
            inside.ColumnBias = buffer + Rows * Width;
            Copy(store.ColumnBias, inside.ColumnBias, count);
        }
        RegisterTile<TLanes, TVector>.Run(rows, vectors, k, a, b, inside);
        for (int row = 0; row < rows; row++)
            Copy(buffer + row * Width, store.C + row * store.Stride, count);
    }

    private static void Copy(float* source, float* target, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
}
