using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// A register tile whose sums step parameters. The sums pass through a buffer in the first-level cache: were the
/// formulas part of the tile itself, the compiler would give up keeping its sums in registers, and all products would
/// be five times slower.
/// </summary>
internal static unsafe class SteppingTile<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // The largest tile: 8 rows of 3 vectors of 16.
    private const int Width = 48;
    private const int Rows = 8;

    /// <summary>As <see cref="RegisterTile{TLanes, TVector}"/>; the parameters lie where C would.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRowsOfB>(
        int rows, int vectors, int k, float* a, TRowsOfB b, float* parameters, nint stride, in TileStep step)
        where TRowsOfB : struct, IRowsOfB
    {
        float* buffer = stackalloc float[Rows * Width];
        RegisterTile<TLanes, TVector>.Run(rows, vectors, k, a, b, new TileStore { C = buffer, Stride = Width });
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < vectors * TLanes.Count; column += TLanes.Count)
                TileStep.Apply<TLanes, TVector>(
                    step, parameters + row * stride + column, TLanes.Load(buffer + row * Width + column));
    }
}
