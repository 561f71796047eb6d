using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Convolution by <see cref="Winograd"/>. Tiles are numbered with a pitch as <see cref="WindowPlanes"/> of their
/// geometry says, so that value (i, j) of neighbouring tiles lies side by side. A worker takes blocks of as many tiles
/// as a register tile has columns: it transforms their inputs to v[16][channels][tiles], multiplies the 16 pairs of
/// matrices, and transforms the products m[16][outputs][tiles] to outputs, all within the second-level cache.
/// </summary>
internal static unsafe class WinogradProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int MostVectors = 3;

    private static int Columns => RegisterTile<TLanes, TVector>.Columns;

    /// <summary>
    /// Transforms all filters, to panels as of a matrix product per point: [16][panel][channels][rows].
    /// </summary>
    public static void Pack(Workers workers, in ConvolutionGeometry g, float* weights, float* target)
    {
        var job = new PackJob { Geometry = g, Weights = weights, Target = target };
        Workers used = g.WeightCount > 1 << 14 ? workers : Workers.Single;
        used.Run(ref job, (g.OutputChannels + TLanes.TileRows - 1) / TLanes.TileRows);
    }

    public static void Run(Workers workers, in ConvolutionGeometry g, int batch, in WindowOperands operands)
    {
        var planes = new WindowPlanes(Winograd.Tiles(g));
        int* offsets = (int*)Scratch.Rent(ScratchUse.Offsets, Winograd.Points * g.InputChannels);
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

        /// <summary>One panel of rows, at all points.</summary>
        public readonly void Run(int chunk)
        {
            int first = chunk * TLanes.TileRows;
            int rows = Math.Min(TLanes.TileRows, Geometry.OutputChannels - first);
            nint perPoint = (nint)Geometry.OutputChannels * Geometry.InputChannels;
            float* panel = Target + (nint)first * Geometry.InputChannels;
            for (int row = 0; row < rows; row++)
            {
                float* filters = Weights + (nint)(first + row) * Geometry.FilterSize;
                for (int c = 0; c < Geometry.InputChannels; c++)
                    Winograd.TransformFilter(filters + 9 * c, panel + (nint)c * rows + row, perPoint);
            }
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
        private int blocksPerChunk;

        public int ChunksPerSample { get; private set; }

        public void Cut(int batch, int threads)
        {
            vectors = (Planes.Positions + TLanes.Count - 1) / TLanes.Count;
            blocks = (vectors + MostVectors - 1) / MostVectors;
            blocksPerChunk = blocks;
            if (threads > 1 && batch < 4 * threads)
            {
                // Blocks of equal size, and as many for each thread.
                blocks = Math.Min((blocks + threads - 1) / threads * threads, vectors);
                blocksPerChunk = Math.Max(1, blocks / (4 * threads));
            }
            ChunksPerSample = (blocks + blocksPerChunk - 1) / blocksPerChunk;
        }

        public readonly void Run(int chunk)
        {
            int n = FirstSample + chunk / ChunksPerSample;
            float* planes = SharedPlanes != null ? SharedPlanes : PlanesJob.Fill(
                Planes, Operands.X + (nint)n * Geometry.InputCount, Geometry.InputChannels, Geometry.InputPlane,
                Columns);
            float* v = Scratch.Rent(ScratchUse.Columns, (long)Winograd.Points * Geometry.InputChannels * Columns);
            float* m = Scratch.Rent(ScratchUse.Product, (long)Winograd.Points * Geometry.OutputChannels * Columns);
            float* y = Operands.Y + (nint)n * Geometry.OutputCount;
            int first = chunk % ChunksPerSample * blocksPerChunk;
            for (int block = first; block < Math.Min(first + blocksPerChunk, blocks); block++)
            {
                int firstVector = (int)((long)vectors * block / blocks);
                int wide = (int)((long)vectors * (block + 1) / blocks) - firstVector;
                int position = firstVector * TLanes.Count;
                int count = Math.Min(wide * TLanes.Count, Planes.Positions - position);
                TransformInputs(planes + position, wide, v);
                Multiply(v, wide, m);
                TransformOutputs(m, wide, position, count, y);
            }
        }

        private readonly void TransformInputs(float* planes, int vectors, float* v)
        {
            nint perPoint = (nint)Geometry.InputChannels * Columns;
            for (int c = 0; c < Geometry.InputChannels; c++)
                for (int i = 0; i < vectors; i++)
                    WinogradTransforms<TLanes, TVector>.Input(
                        planes + i * TLanes.Count, Offsets + Winograd.Points * c,
                        v + (nint)c * Columns + i * TLanes.Count, perPoint);
        }

        private readonly void Multiply(float* v, int vectors, float* m)
        {
            int block = FloatProduct<TLanes, TVector>.Block;
            for (int point = 0; point < Winograd.Points; point++)
            {
                float* filters = Operands.Filters + (nint)point * Geometry.OutputChannels * Geometry.InputChannels;
                for (int firstK = 0; firstK < Geometry.InputChannels; firstK += block)
                    for (int row = 0; row < Geometry.OutputChannels; row += TLanes.TileRows)
                    {
                        int rows = Math.Min(TLanes.TileRows, Geometry.OutputChannels - row);
                        var store = new TileStore { C = m + (nint)row * Columns, Stride = Columns, Add = firstK > 0 };
                        RegisterTile<TLanes, TVector>.Run(
                            rows, vectors, Math.Min(block, Geometry.InputChannels - firstK),
                            filters + (nint)row * Geometry.InputChannels + (nint)firstK * rows,
                            new StridedRows(v + (nint)firstK * Columns, Columns), store);
                    }
                v += (nint)Geometry.InputChannels * Columns;
                m += (nint)Geometry.OutputChannels * Columns;
            }
        }

        /// <summary>
        /// Per output channel: four outputs per tile, as four lists, which are then laid into the rows of y.
        /// </summary>
        [SkipLocalsInit]
        private readonly void TransformOutputs(float* m, int vectors, int position, int count, float* y)
        {
            // Room for the widest block, 48 tiles, and for reading a vector past the end.
            const int Widest = 48;
            float* parts = stackalloc float[4 * Widest + 8];
            TileRun* runs = stackalloc TileRun[Widest];
            int runCount = TileRun.Write(
                position, count, Planes.Pitch, Geometry.OutputWidth, Geometry.OutputHeight, runs);
            nint perPoint = (nint)Geometry.OutputChannels * Columns;
            for (int o = 0; o < Geometry.OutputChannels; o++, m += Columns, y += Geometry.OutputPlane)
            {
                float bias = Operands.End.RowBias == null ? 0 : Operands.End.RowBias[o];
                for (int i = 0; i < vectors; i++)
                    WinogradTransforms<TLanes, TVector>.Output(
                        m + i * TLanes.Count, perPoint, bias, Operands.End.Rectify, parts + i * TLanes.Count, Widest);
                TileRun.Move(runs, runCount, parts, Widest, y, Geometry.OutputWidth, Operands.Add);
            }
        }
    }
}
