using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// dw = Σ over samples and positions of x·dy, as the product dwᵀ[filter × out] = planes[filter × positions] ·
/// dyᵀ[positions × out] per group. A row of the left factor is the input shifted by one weight's offset (<see
/// cref="WindowPlanes"/>) and is read in place; dy is turned around once per sample, with zeros at the surplus
/// positions that the pitch brings.
///
/// A few samples at a time are laid out by all workers; then each worker takes tiles of dwᵀ and adds the samples in
/// order. So every weight's gradient is one sum in a fixed order: over stretches of <see cref="Block"/> positions, over
/// samples, into a buffer that is added to dw at the end.
/// </summary>
internal static unsafe class WeightGradient<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Positions summed in registers before the buffer is touched; part of the result's definition.</summary>
    private const int Block = 1024;

    /// <summary>Floats of laid-out samples at a time: about what a second-level cache holds.</summary>
    private const int MostLaidOut = 1 << 18;

    public static void Add(Workers workers, in ConvolutionGeometry g, int batch, float* x, float* dy, float* dw)
    {
        var planes = new WindowPlanes(g);
        if (planes.Positions == 0)
            return;
        var job = new Job { Geometry = g, Planes = planes, X = x, DY = dy };
        job.Cut(batch);
        int* offsets = (int*)Scratch.Rent(ScratchUse.Offsets, g.FilterSize);
        planes.WriteOffsets(g.GroupInputs, offsets);
        job.Offsets = offsets;
        long size = (long)g.Groups * g.FilterSize * job.Columns;
        job.Sums = Scratch.Rent(ScratchUse.Gradient, size);
        new Span<float>(job.Sums, checked((int)size)).Clear();
        job.Laid = Scratch.Rent(ScratchUse.SharedPlanes, job.SampleSize * job.SamplesAtOnce);

        Workers used = (long)batch * g.OutputCount * g.FilterSize > 1 << 16 ? workers : Workers.Single;
        for (job.FirstSample = 0; job.FirstSample < batch; job.FirstSample += job.SamplesAtOnce)
        {
            job.Samples = Math.Min(job.SamplesAtOnce, batch - job.FirstSample);
            job.IsLayingOut = true;
            used.Run(ref job, job.Samples * g.Groups);
            job.IsLayingOut = false;
            used.Run(ref job, job.Tiles);
        }
        AddTransposed(g, job.Sums, job.Columns, dw);
    }

    /// <summary>dw[group, out, filter] += sums[group, filter, out].</summary>
    private static void AddTransposed(in ConvolutionGeometry g, float* sums, int columns, float* dw)
    {
        for (int group = 0; group < g.Groups; group++)
            for (int o = 0; o < g.GroupOutputs; o++)
                for (int w = 0; w < g.FilterSize; w++)
                    *dw++ += sums[((nint)group * g.FilterSize + w) * columns + o];
    }

    private struct Job : IJob
    {
        // Weights per tile chunk: some register tiles, so that their stretch of dy is used more than once.
        private const int ChunkTiles = 4;

        public ConvolutionGeometry Geometry;
        public WindowPlanes Planes;
        public float* X;
        public float* DY;
        public float* Sums;
        public float* Laid;
        public int* Offsets;
        public int FirstSample;
        public int Samples;
        public bool IsLayingOut;
        private int vectors;
        private int panels;
        private int rowChunks;
        private long planesSize;
        private long turnedSize;

        public int SamplesAtOnce { get; private set; }

        /// <summary>Output channels of a group, rounded up to panels of whole vectors.</summary>
        public int Columns { get; private set; }

        public readonly long SampleSize => Geometry.Groups * (planesSize + turnedSize);

        public readonly int Tiles => Geometry.Groups * panels * rowChunks;

        public void Cut(int batch)
        {
            // Panels alike, rather than full ones and a rest: 64 channels are 2 + 2 vectors, not 3 + 1.
            int needed = (Geometry.GroupOutputs + TLanes.Count - 1) / TLanes.Count;
            panels = (needed + 2) / 3;
            vectors = (needed + panels - 1) / panels;
            Columns = panels * vectors * TLanes.Count;
            int chunkRows = ChunkTiles * TLanes.TileRows;
            rowChunks = (Geometry.FilterSize + chunkRows - 1) / chunkRows;
            if (rowChunks == 1 && Geometry.FilterSize > TLanes.TileRows)
                rowChunks = 2;
            planesSize = Planes.AreInput ? 0 : Planes.Size(Geometry.GroupInputs);
            turnedSize = (long)Planes.Positions * Columns;
            SamplesAtOnce = (int)Math.Clamp(MostLaidOut / SampleSize, 1, Math.Max(batch, 1));
        }

        public readonly void Run(int chunk)
        {
            if (IsLayingOut)
                LayOut(chunk / Geometry.Groups, chunk % Geometry.Groups);
            else
                AddTiles(chunk % Geometry.Groups, chunk / Geometry.Groups % panels, chunk / Geometry.Groups / panels);
        }

        /// <summary>The planes and the turned dy of one sample and group.</summary>
        private readonly void LayOut(int sample, int group)
        {
            float* input = InputOf(sample, group);
            float* planes = PlanesOf(sample, group);
            if (!Planes.AreInput)
                for (int c = 0; c < Geometry.GroupInputs; c++)
                    Planes.Fill(input + (nint)c * Geometry.InputPlane, planes + (nint)c * (nint)Planes.Size(1));
            nint n = FirstSample + sample;
            float* dy = DY + n * Geometry.OutputCount + (nint)group * Geometry.GroupOutputs * Geometry.OutputPlane;
            float* turned = TurnedOf(sample, group);
            int width = vectors * TLanes.Count;
            for (int panel = 0; panel < panels; panel++)
            {
                int count = Math.Clamp(Geometry.GroupOutputs - panel * width, 0, width);
                for (int oy = 0; oy < Geometry.OutputHeight; oy++)
                {
                    float* source = dy + (nint)panel * width * Geometry.OutputPlane + (nint)oy * Geometry.OutputWidth;
                    Packing.TransposeStrip(source, Geometry.OutputPlane, Geometry.OutputWidth, count, width, turned);
                    turned += (nint)Geometry.OutputWidth * width;
                    int surplus = oy == Geometry.OutputHeight - 1 ? 0 : (Planes.Pitch - Geometry.OutputWidth) * width;
                    new Span<float>(turned, surplus).Clear();
                    turned += surplus;
                }
            }
        }

        private readonly void AddTiles(int group, int panel, int rowChunk)
        {
            int rowTiles = (Geometry.FilterSize + TLanes.TileRows - 1) / TLanes.TileRows;
            int firstRow = rowTiles * rowChunk / rowChunks * TLanes.TileRows;
            int endRow = Math.Min(rowTiles * (rowChunk + 1) / rowChunks * TLanes.TileRows, Geometry.FilterSize);
            int width = vectors * TLanes.Count;
            float* sums = Sums + (nint)group * Geometry.FilterSize * Columns + (nint)panel * width;
            for (int sample = 0; sample < Samples; sample++)
            {
                float* planes = Planes.AreInput ? InputOf(sample, group) : PlanesOf(sample, group);
                float* turned = TurnedOf(sample, group) + (nint)panel * width * Planes.Positions;
                for (int first = 0; first < Planes.Positions; first += Block)
                {
                    int k = Math.Min(Block, Planes.Positions - first);
                    for (int row = firstRow; row < endRow; row += TLanes.TileRows)
                        GradientTile<TLanes, TVector>.Add(
                            Math.Min(TLanes.TileRows, endRow - row), vectors, k, planes + first, Offsets + row,
                            turned + (nint)first * width, sums + (nint)row * Columns, Columns);
                }
            }
        }

        private readonly float* InputOf(int sample, int group) =>
            X + (nint)(FirstSample + sample) * Geometry.InputCount
                + (nint)group * Geometry.GroupInputs * Geometry.InputPlane;

        private readonly float* PlanesOf(int sample, int group) =>
            Laid + (nint)sample * (nint)SampleSize + (nint)group * (nint)(planesSize + turnedSize);

        private readonly float* TurnedOf(int sample, int group) => PlanesOf(sample, group) + (nint)planesSize;
    }
}
