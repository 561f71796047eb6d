using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Convolution by short filters, such as the first one of a network has, with the filters of
/// <see cref="WindowProduct{TLanes, TVector}"/>, but in bands of some output rows: the planes of a band are laid out
/// just before they are read and stay in the nearest caches. Tiles are cut from output rows, so that sums go straight
/// to y; the last tile of a row is moved back so that it ends with it: some outputs are computed twice, alike.
/// </summary>
internal static unsafe class BandProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // Floats of a band's planes, unless one row has more.
    private const int MostPlanes = 1 << 14;
    private const int ChunksPerThread = 4;
    private const long WorthSharing = 1 << 18;

    /// <summary>
    /// The filter is one block of sums, and whole vectors of columns are at most a quarter more than the positions that
    /// the other product computes of a row.
    /// </summary>
    public static bool Serves(in ConvolutionGeometry g, bool add)
    {
        int pitch = new WindowPlanes(g).Pitch;
        int columns = (g.OutputWidth + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        return !add && pitch != g.OutputWidth && g.OutputWidth >= TLanes.Count
            && g.FilterSize <= FloatProduct<TLanes, TVector>.Block && columns <= pitch + pitch / 4;
    }

    public static void Run(Workers workers, in ConvolutionGeometry g, int batch, in WindowOperands operands)
    {
        if (g.OutputPlane == 0)
            return;
        int parts = batch * g.Groups;
        Workers used = (long)batch * g.OutputCount * g.FilterSize > WorthSharing ? workers : Workers.Single;
        var planes = new WindowPlanes(g);
        int rows = RowsOfBand(
            planes, g, used.Threads == 1 ? 1 : (ChunksPerThread * used.Threads + parts - 1) / parts);
        int* offsets = (int*)Scratch.Rent(ScratchUse.Offsets, g.FilterSize);
        planes.Band(0, rows).WriteOffsets(g.GroupInputs, offsets);
        var job = new BandJob
        {
            Geometry = g, Planes = planes, Operands = operands, Offsets = offsets, Rows = rows,
            Bands = (g.OutputHeight + rows - 1) / rows,
        };
        used.Run(ref job, parts * job.Bands);
    }

    private static int RowsOfBand(in WindowPlanes planes, in ConvolutionGeometry g, int leastBands)
    {
        int rows = (int)Math.Clamp(MostPlanes / planes.Band(0, 1).Size(g.GroupInputs), 1, g.OutputHeight);
        return Math.Min(rows, (g.OutputHeight + leastBands - 1) / leastBands);
    }

    private struct BandJob : IJob
    {
        public ConvolutionGeometry Geometry;
        public WindowPlanes Planes;
        public WindowOperands Operands;
        public int* Offsets;
        public int Rows;
        public int Bands;

        /// <summary>Some output rows of one group of one sample.</summary>
        public readonly void Run(int chunk)
        {
            int part = chunk / Bands, first = chunk % Bands * Rows;
            int n = part / Geometry.Groups, group = part % Geometry.Groups;
            float* x = Operands.X + (nint)n * Geometry.InputCount
                + (nint)group * Geometry.GroupInputs * Geometry.InputPlane;
            float* y = Operands.Y + (nint)n * Geometry.OutputCount
                + (nint)group * Geometry.GroupOutputs * Geometry.OutputPlane;
            float* planes = Planes.AreInput
                ? x + (nint)first * Planes.Pitch
                : PlanesJob.Fill(
                    Planes.Band(first, Rows), x, Geometry.GroupInputs, Geometry.InputPlane, slack: 0);
            for (int row = first; row < Math.Min(first + Rows, Geometry.OutputHeight); row++, planes += Planes.Pitch)
                RunRow(planes, group, y + (nint)row * Geometry.OutputWidth);
        }

        private readonly void RunRow(float* planes, int group, float* y)
        {
            int left = Geometry.OutputWidth;
            while (left > 0)
            {
                // As many vectors as it takes or, if the whole row has not as many, one less.
                int vectors = Math.Min((left + TLanes.Count - 1) / TLanes.Count, 3);
                vectors = Math.Min(vectors, Geometry.OutputWidth / TLanes.Count);
                int column = Geometry.OutputWidth - Math.Max(left, vectors * TLanes.Count);
                RunTile(planes + column, group, vectors, y + column);
                left -= vectors * TLanes.Count;
            }
        }

        private readonly void RunTile(float* planes, int group, int vectors, float* y)
        {
            for (int row = 0; row < Geometry.GroupOutputs; row += TLanes.TileRows)
            {
                int rows = Math.Min(TLanes.TileRows, Geometry.GroupOutputs - row);
                int filter = group * Geometry.GroupOutputs + row;
                var store = new TileStore
                {
                    C = y + (nint)row * Geometry.OutputPlane, Stride = Geometry.OutputPlane,
                    RowBias = Operands.End.RowBias == null ? null : Operands.End.RowBias + filter,
                    Rectify = Operands.End.Rectify,
                };
                RegisterTile<TLanes, TVector>.Run(
                    rows, vectors, Geometry.FilterSize, Operands.Filters + (nint)filter * Geometry.FilterSize,
                    new OffsetRows(planes, Offsets), store);
            }
        }
    }
}
