using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Convolution as a matrix product that reads its columns from <see cref="WindowPlanes"/>:
/// y[out × positions] = filters[out × filter] · planes[filter × positions], per sample and group, with register tiles
/// of 8 channels by 48 positions (for the widest vectors). Sums are cut into the same blocks as those of <see
/// cref="Gemm"/>.
///
/// A worker takes some tiles of one sample and group; if samples are many, all of them, and lays out the planes for
/// itself. Of a few tiles it does the first block of the filter, then the next, so that a block of filters comes
/// from the second-level cache for all but the first of them. Unless the pitch is the output's width, sums gather in a
/// buffer, from which the true positions are then moved to y. That costs much where filters are short; see
/// <see cref="BandProduct{TLanes, TVector}"/>.
/// </summary>
internal static unsafe class WindowProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int MostTilesAtOnce = 8;
    private const int MostSums = 1 << 16;

    private static int TileColumns => RegisterTile<TLanes, TVector>.Columns;

    /// <summary>
    /// Packs the filters [out × filter], per group in panels of a register tile's rows, each [filter][rows].
    /// </summary>
    public static void Pack(in ConvolutionGeometry g, float* weights, float* target)
    {
        for (int group = 0; group < g.Groups; group++)
            for (int row = 0; row < g.GroupOutputs; row += TLanes.TileRows)
            {
                int rows = Math.Min(TLanes.TileRows, g.GroupOutputs - row);
                nint start = ((nint)group * g.GroupOutputs + row) * g.FilterSize;
                Packing.TransposeStrip(weights + start, g.FilterSize, g.FilterSize, rows, rows, target + start);
            }
    }

    public static void Run(Workers workers, in ConvolutionGeometry g, int batch, in WindowOperands operands)
    {
        var planes = new WindowPlanes(g);
        if (planes.Positions == 0)
            return;
        int* offsets = (int*)Scratch.Rent(ScratchUse.Offsets, g.FilterSize);
        planes.WriteOffsets(g.GroupInputs, offsets);
        var job = new TileJob { Geometry = g, Planes = planes, Operands = operands, Offsets = offsets };
        job.Cut(batch, workers.Threads);
        if (job.ChunksPerPart == 1)
        {
            job.FirstPart = 0;
            workers.Run(ref job, batch * g.Groups);
            return;
        }
        for (int n = 0; n < batch; n++)
            RunSample(workers, g, n, ref job);
    }

    /// <summary>One sample by several workers: its planes first, if it takes any, then its tiles.</summary>
    private static void RunSample(Workers workers, in ConvolutionGeometry g, int n, ref TileJob job)
    {
        job.FirstPart = n * g.Groups;
        job.SharedPlanes = null;
        if (!job.ReadsInPlace(n, g.Groups - 1))
            job.SharedPlanes = PlanesJob.FillShared(
                workers, job.Planes, job.Operands.X + (nint)n * g.InputCount, g.InputChannels, g.InputPlane,
                TileColumns);
        workers.Run(ref job, job.ChunksPerPart * g.Groups);
    }

    private struct TileJob : IJob
    {
        public ConvolutionGeometry Geometry;
        public WindowPlanes Planes;
        public WindowOperands Operands;
        public int* Offsets;
        public float* SharedPlanes;

        /// <summary>Parts are samples times groups; chunks are numbered from this one on.</summary>
        public int FirstPart;

        /// <summary>Columns of the last tile that go by <see cref="FewColumns"/>.</summary>
        private int few;
        private int tiles;
        private int tilesPerChunk;
        private int tileChunks;
        private int rowsPerChunk;

        public int ChunksPerPart { get; private set; }

        public void Cut(int batch, int threads)
        {
            tiles = (Planes.Positions + TileColumns - 1) / TileColumns;
            few = Planes.Positions % TLanes.Count;
            if (!IsDirect || Geometry.GroupOutputs % TLanes.TileRows != 0 || !FewColumns.Serves<TLanes>(few))
                few = 0;
            int parts = batch * Geometry.Groups;
            bool whole = threads == 1 || parts >= 4 * threads
                || batch * (long)Geometry.OutputCount * Geometry.FilterSize < 1 << 18;
            int wanted = whole ? 1 : 4 * threads;
            // The larger of outputs and positions is cut, so that less is read by all; both if one is not enough.
            bool byOutputs = Geometry.GroupOutputs >= Planes.Positions;
            tilesPerChunk = byOutputs ? tiles : Math.Max(1, tiles / wanted);
            tileChunks = (tiles + tilesPerChunk - 1) / tilesPerChunk;
            int panels = (Geometry.GroupOutputs + TLanes.TileRows - 1) / TLanes.TileRows;
            int rowChunks = (wanted + tileChunks - 1) / tileChunks;
            rowsPerChunk = Math.Max(1, panels / rowChunks) * TLanes.TileRows;
            ChunksPerPart = tileChunks * ((Geometry.GroupOutputs + rowsPerChunk - 1) / rowsPerChunk);
        }

        /// <summary>Whether the planes of a sample's group are the input itself.</summary>
        public readonly bool ReadsInPlace(int n, int group) =>
            Planes.AreInput && (IsDirect || !WouldReadPastInput(n, group));

        /// <summary>Positions are those of y, so that sums go straight to it.</summary>
        private readonly bool IsDirect => Planes.Pitch == Geometry.OutputWidth;

        /// <summary>
        /// A tile's last vectors may reach beyond the last position; beyond the last sample that must not be.
        /// </summary>
        private readonly bool WouldReadPastInput(int n, int group)
        {
            if (few > 0)
                return false;
            int lastColumns = (Planes.Positions + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
            long start = (long)n * Geometry.InputCount + (long)group * Geometry.GroupInputs * Geometry.InputPlane;
            return start + Offsets[Geometry.FilterSize - 1] + lastColumns > Operands.InputLength;
        }

        public readonly void Run(int chunk)
        {
            int part = FirstPart + chunk / ChunksPerPart;
            int n = part / Geometry.Groups;
            int group = part % Geometry.Groups;
            float* planes = PlanesOf(n, group);
            int first = chunk % ChunksPerPart % tileChunks * tilesPerChunk;
            int end = Math.Min(first + tilesPerChunk, tiles);
            FilterRange filters = FiltersOf(group, chunk % ChunksPerPart / tileChunks);
            float* y = Operands.Y + (nint)n * Geometry.OutputCount + (nint)filters.First * Geometry.OutputPlane;
            bool copiesLast = SharedPlanes == null && Planes.AreInput && WouldReadPastInput(n, group);
            int atOnce = IsDirect ? MostTilesAtOnce
                : (int)Math.Clamp(MostSums / ((long)filters.Count * TileColumns), 1, MostTilesAtOnce);
            for (int tile = first; tile < end; tile += atOnce)
            {
                int count = Math.Min(atOnce, end - tile);
                if (IsDirect && copiesLast && tile + count == tiles)
                {
                    RunLastTile(planes, filters, y);
                    count--;
                }
                if (IsDirect)
                    RunTiles(
                        planes, filters, tile, count, y + (nint)tile * TileColumns, Geometry.OutputPlane,
                        Operands.Add);
                else
                    RunBuffered(planes, filters, tile, count, y, end);
            }
        }

        /// <summary>The filters of a chunk, numbered through all groups.</summary>
        private readonly FilterRange FiltersOf(int group, int rowChunk)
        {
            int first = rowChunk * rowsPerChunk;
            return new FilterRange(
                group * Geometry.GroupOutputs + first, Math.Min(rowsPerChunk, Geometry.GroupOutputs - first));
        }

        private readonly float* PlanesOf(int n, int group)
        {
            nint firstChannel = (nint)group * Geometry.GroupInputs;
            if (SharedPlanes != null)
                return SharedPlanes + firstChannel * (nint)Planes.Size(1);
            float* x = Operands.X + (nint)n * Geometry.InputCount + firstChannel * Geometry.InputPlane;
            if (ReadsInPlace(n, group))
                return x;
            return PlanesJob.Fill(Planes, x, Geometry.GroupInputs, Geometry.InputPlane, TileColumns);
        }

        private readonly void RunBuffered(float* planes, FilterRange filters, int tile, int count, float* y, int end)
        {
            int width = count * TileColumns;
            float* sums = Scratch.Rent(ScratchUse.Product, (long)filters.Count * width + TileColumns);
            RunTiles(planes, filters, tile, count, sums, width, false);
            var positions = new PositionRange(
                tile * TileColumns, Math.Min((tile + count) * TileColumns, Planes.Positions), Planes.Pitch);
            for (int row = 0; row < filters.Count; row++)
                positions.Move(
                    sums + (nint)row * width, y + (nint)row * Geometry.OutputPlane, Geometry.OutputWidth, Operands.Add,
                    Math.Min(end * TileColumns, Planes.Positions));
        }

        /// <summary>Some neighbouring tiles of some filters; C begins at the first of both.</summary>
        private readonly void RunTiles(
            float* planes, FilterRange filters, int tile, int count, float* c, nint stride, bool add)
        {
            for (int firstK = 0; firstK < Geometry.FilterSize; firstK += FloatProduct<TLanes, TVector>.Block)
                for (int i = 0; i < count; i++)
                {
                    var store = new TileStore
                    {
                        C = c + (nint)i * TileColumns, Stride = stride, Add = add || firstK > 0,
                    };
                    RunTile(planes + (nint)(tile + i) * TileColumns, filters, tile + i, firstK, store);
                }
        }

        /// <summary>The last tile from a copy of its inputs, which has room for whole vectors.</summary>
        private readonly void RunLastTile(float* planes, FilterRange filters, float* y)
        {
            int position = (tiles - 1) * TileColumns;
            int columns = Planes.Positions - position;
            int width = (columns + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
            float* copy = Scratch.Rent(ScratchUse.Columns, (long)Geometry.FilterSize * width);
            for (int k = 0; k < Geometry.FilterSize; k++)
                RowCopy.Copy(planes + position + Offsets[k], columns, copy + (nint)k * width);
            for (int firstK = 0; firstK < Geometry.FilterSize; firstK += FloatProduct<TLanes, TVector>.Block)
            {
                var store = new TileStore
                {
                    C = y + position, Stride = Geometry.OutputPlane, Add = Operands.Add || firstK > 0,
                };
                RunTile(
                    new StridedRows(copy + (nint)firstK * width, width), filters, columns, firstK, store,
                    mayOverrun: false);
            }
        }

        private readonly void RunTile(float* planes, FilterRange filters, int tile, int firstK, TileStore store)
        {
            int columns = Math.Min(TileColumns, Planes.Positions - tile * TileColumns);
            if (few > 0 && tile == tiles - 1)
            {
                columns -= few;
                TileStore end = store;
                end.C += columns;
                RunFewColumns(new OffsetRows(planes + columns, Offsets + firstK), filters, firstK, end);
            }
            // The buffer has room for whole vectors; y has not.
            if (columns > 0)
                RunTile(
                    new OffsetRows(planes, Offsets + firstK), filters, columns, firstK, store, mayOverrun: !IsDirect);
        }

        private readonly void RunFewColumns(OffsetRows b, FilterRange filters, int firstK, TileStore store)
        {
            int k = Math.Min(FloatProduct<TLanes, TVector>.Block, Geometry.FilterSize - firstK);
            End(ref store, filters.First, firstK + k);
            FewColumns.Run<TLanes, OffsetRows>(
                filters.Count / TLanes.TileRows, (nint)Geometry.FilterSize * TLanes.TileRows, few, k,
                Operands.Filters + (nint)filters.First * Geometry.FilterSize + (nint)firstK * TLanes.TileRows, b,
                store);
        }

        /// <summary>What follows the sums, once they are whole.</summary>
        private readonly void End(ref TileStore store, int filter, int endK)
        {
            bool last = endK == Geometry.FilterSize;
            store.Rectify = last && Operands.End.Rectify;
            store.RowBias = last && Operands.End.RowBias != null ? Operands.End.RowBias + filter : null;
        }

        private readonly void RunTile<TRowsOfB>(
            TRowsOfB b, FilterRange filters, int columns, int firstK, TileStore store, bool mayOverrun)
            where TRowsOfB : struct, IRowsOfB
        {
            int k = Math.Min(FloatProduct<TLanes, TVector>.Block, Geometry.FilterSize - firstK);
            int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
            bool partial = !mayOverrun && columns < vectors * TLanes.Count;
            float* c = store.C;
            for (int row = 0; row < filters.Count; row += TLanes.TileRows)
            {
                int rows = Math.Min(TLanes.TileRows, filters.Count - row);
                int filter = filters.First + row;
                float* a = Operands.Filters + (nint)filter * Geometry.FilterSize + (nint)firstK * rows;
                store.C = c + row * store.Stride;
                End(ref store, filter, firstK + k);
                if (partial)
                    PartialTile<TLanes, TVector>.Run(rows, vectors, columns, k, a, b, store);
                else
                    RegisterTile<TLanes, TVector>.Run(rows, vectors, k, a, b, store);
            }
        }
    }
}
