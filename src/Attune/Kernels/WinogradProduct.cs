using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Convolution by <see cref="Winograd"/>. Tiles are numbered as <see cref="WindowPlanes"/> of their geometry says, so
/// that value (i, j) of neighbouring tiles lies side by side. A worker takes blocks of up to as many tiles as a
/// register tile has columns, and transforms their inputs to v[points][channels][tiles]. Then it goes through the
/// output channels, as many at a time as a register tile has rows: one product per point, and what they make,
/// m[points][rows][tiles], is transformed to outputs while it is in the nearest cache.
/// </summary>
internal static unsafe class WinogradProduct<TTile, TLanes, TVector>
    where TTile : struct, IWinograd
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int MostVectors = 3;

    /// <summary>Floats of v, unless one vector of tiles has more: what a second-level cache holds beside the filters.
    /// </summary>
    private const int MostTransformed = 1 << 18;

    private static int Columns => RegisterTile<TLanes, TVector>.Columns;

    /// <summary>
    /// Transforms all filters, to panels of a register tile's rows: [panel][points][channels][rows], the order in which
    /// they are read. With all panels of a point together, large filters took half as long again, since they come from
    /// afar and no stream was longer than a panel.
    /// </summary>
    public static void Pack(Workers workers, in ConvolutionGeometry g, float* weights, float* target)
    {
        var job = new PackJob { Geometry = g, Weights = weights, Target = target };
        Workers used = g.WeightCount > 1 << 14 ? workers : Workers.Single;
        used.Run(ref job, (g.OutputChannels + TLanes.TileRows - 1) / TLanes.TileRows);
    }

    public static void Run(Workers workers, in ConvolutionGeometry g, int batch, in WindowOperands operands)
    {
        WindowPlanes planes = Winograd.Tiles<TTile>(g);
        int* offsets = (int*)Scratch.Rent(ScratchUse.Offsets, TTile.Points * g.InputChannels);
        planes.WriteOffsets(g.InputChannels, offsets);
        var job = new BlockJob { Geometry = g, Planes = planes, Operands = operands, Offsets = offsets };
        job.Cut(batch, workers.Threads);
        if (job.ChunksPerSample == 1)
        {
            workers.Run(ref job, batch);
            return;
        }
        for (int n = 0; n < batch; n++)
        {
            job.FirstSample = n;
            job.SharedPlanes = PlanesJob.FillShared(
                workers, planes, operands.X + (nint)n * g.InputCount, g.InputChannels, g.InputPlane, Columns);
            workers.Run(ref job, job.ChunksPerSample);
        }
    }

    private struct PackJob : IJob
    {
        public ConvolutionGeometry Geometry;
        public float* Weights;
        public float* Target;

        /// <summary>
        /// One panel of rows, at all points. The weights are turned around first, so that filters lie side by side as
        /// they will in the panel.
        /// </summary>
        public readonly void Run(int chunk)
        {
            int first = chunk * TLanes.TileRows;
            int rows = Math.Min(TLanes.TileRows, Geometry.OutputChannels - first);
            int filters = rows * Geometry.InputChannels;
            float* turned = Scratch.Rent(ScratchUse.Columns, 9 * (long)filters);
            float* weights = Weights + (nint)first * Geometry.FilterSize;
            for (int row = 0; row < rows; row++)
                for (int c = 0; c < Geometry.InputChannels; c++, weights += 9)
                    for (int i = 0; i < 9; i++)
                        turned[i * (nint)filters + c * rows + row] = weights[i];

            float* panel = Target + (nint)first * Geometry.InputChannels * TTile.Points;
            int n = 0;
            for (; n <= filters - TLanes.Count; n += TLanes.Count)
                TTile.Filter<TLanes, TVector>(turned + n, filters, panel + n, filters);
            for (; n < filters; n++)
                TTile.Filter<Lanes1, float>(turned + n, filters, panel + n, filters);
        }
    }

    private struct BlockJob : IJob
    {
        public ConvolutionGeometry Geometry;
        public WindowPlanes Planes;
        public WindowOperands Operands;
        public int* Offsets;
        public float* SharedPlanes;
        public int FirstSample;
        private int vectors;
        private int blocks;
        private int blockChunks;
        private int panels;
        private int panelChunks;

        /// <summary>Columns of v and m: the tiles of the widest block, in whole vectors.</summary>
        private int columns;

        /// <summary>From one point to the next in v.</summary>
        private readonly nint InputStride => (nint)Geometry.InputChannels * columns + Winograd.Gap;

        /// <summary>From one point to the next in m.</summary>
        private readonly nint OutputStride => (nint)TLanes.TileRows * columns + Winograd.Gap;

        public readonly int ChunksPerSample => blockChunks * panelChunks;

        /// <summary>
        /// With many samples each is a chunk. A few are cut into blocks of equal size, or, if those would not be enough
        /// for all threads, by output channels, for each of which the inputs are transformed once more.
        /// </summary>
        public void Cut(int batch, int threads)
        {
            int widest = Math.Clamp(
                MostTransformed / (TTile.Points * Geometry.InputChannels * TLanes.Count), 1, MostVectors);
            vectors = (Planes.Positions + TLanes.Count - 1) / TLanes.Count;
            panels = (Geometry.OutputChannels + TLanes.TileRows - 1) / TLanes.TileRows;
            blocks = (vectors + widest - 1) / widest;
            (blockChunks, panelChunks) = (1, 1);
            bool shares = threads > 1 && batch < 4 * threads;
            if (shares && vectors >= 4 * threads)
            {
                blocks = Math.Min((blocks + threads - 1) / threads * threads, vectors);
                blockChunks = Math.Min(blocks, 4 * threads);
            }
            else if (shares)
                panelChunks = Math.Min(panels, threads);
            columns = (vectors + blocks - 1) / blocks * TLanes.Count;
        }

        public readonly void Run(int chunk)
        {
            int n = FirstSample + chunk / ChunksPerSample;
            int part = chunk % ChunksPerSample;
            (int firstBlock, int endBlock) = Share(blocks, part / panelChunks, blockChunks);
            (int firstPanel, int endPanel) = Share(panels, part % panelChunks, panelChunks);
            float* planes = SharedPlanes != null ? SharedPlanes : PlanesJob.Fill(
                Planes, Operands.X + (nint)n * Geometry.InputCount, Geometry.InputChannels, Geometry.InputPlane,
                Columns);
            float* v = Scratch.Rent(ScratchUse.Columns, TTile.Points * InputStride);
            float* y = Operands.Y + (nint)n * Geometry.OutputCount;
            for (int block = firstBlock; block < endBlock; block++)
            {
                (int firstVector, int endVector) = Share(vectors, block, blocks);
                int position = firstVector * TLanes.Count;
                TransformInputs(planes + position, endVector - firstVector, v);
                for (int panel = firstPanel; panel < endPanel; panel++)
                    RunPanel(v, panel * TLanes.TileRows, endVector - firstVector, position, y);
            }
        }

        private static (int First, int End) Share(int all, int part, int parts) =>
            ((int)((long)all * part / parts), (int)((long)all * (part + 1) / parts));

        private readonly void TransformInputs(float* planes, int wide, float* v)
        {
            for (int c = 0; c < Geometry.InputChannels; c++)
                for (int i = 0; i < wide; i++)
                    TTile.Input<TLanes, TVector>(
                        planes + i * TLanes.Count, Offsets + TTile.Points * c,
                        v + (nint)c * columns + i * TLanes.Count, InputStride);
        }

        /// <summary>The output channels of one register tile, for one block of tiles.</summary>
        private readonly void RunPanel(float* v, int row, int wide, int position, float* y)
        {
            int rows = Math.Min(TLanes.TileRows, Geometry.OutputChannels - row);
            float* m = Scratch.Rent(ScratchUse.Product, TTile.Points * OutputStride);
            int block = FloatProduct<TLanes, TVector>.Block;
            float* filters = Operands.Filters + (nint)row * Geometry.InputChannels * TTile.Points;
            for (int point = 0; point < TTile.Points; point++, filters += rows * Geometry.InputChannels)
            {
                float* inputs = v + point * InputStride;
                for (int firstK = 0; firstK < Geometry.InputChannels; firstK += block)
                {
                    var store = new TileStore
                    {
                        C = m + point * OutputStride, Stride = columns, Add = firstK > 0,
                    };
                    RegisterTile<TLanes, TVector>.Run(
                        rows, wide, Math.Min(block, Geometry.InputChannels - firstK), filters + (nint)firstK * rows,
                        new StridedRows(inputs + (nint)firstK * columns, columns), store);
                }
            }
            TransformOutputs(m, row, rows, wide, position, y);
        }

        /// <summary>
        /// Per output channel: the outputs of the tiles as one list for each place in a tile, which are then laid
        /// into the rows of y.
        /// </summary>
        [SkipLocalsInit]
        private readonly void TransformOutputs(float* m, int firstRow, int rows, int wide, int position, float* y)
        {
            // Room for the widest block, 48 tiles of 16 outputs, and for reading a vector past the end.
            const int Widest = 48;
            float* lists = stackalloc float[16 * Widest + RowDealing.Slack];
            TileRun* runs = stackalloc TileRun[Widest];
            int count = Math.Min(wide * TLanes.Count, Planes.Positions - position);
            int runCount = TileRun.Write(
                position, count, Planes.Pitch, TTile.Outputs, Geometry.OutputWidth, Geometry.OutputHeight, runs);
            for (int row = 0; row < rows; row++, m += columns)
            {
                int o = firstRow + row;
                float bias = Operands.End.RowBias == null ? 0 : Operands.End.RowBias[o];
                for (int i = 0; i < wide; i++)
                    TTile.Output<TLanes, TVector>(
                        m + i * TLanes.Count, OutputStride, bias, Operands.End.Rectify, lists + i * TLanes.Count,
                        Widest);
                TileRun.Move(
                    runs, runCount, TTile.Outputs, lists, Widest, y + (nint)o * Geometry.OutputPlane,
                    Geometry.OutputWidth, Operands.Add);
            }
        }
    }
}
