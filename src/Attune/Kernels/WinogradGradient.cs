using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// The weight gradient by <see cref="Winograd"/>: per point, du[in × out] = Σ over samples and tiles of v·(A dy Aᵀ),
/// and in the end dw += Gᵀ du G. Laid out and multiplied as <see cref="WeightGradient{TLanes, TVector}"/> does: v,
/// transformed from the input, is read in place, a row per input channel; dy is turned around, so that its transform
/// and the products run over output channels. A few samples at a time; every sum goes through tiles and samples in
/// order.
/// </summary>
internal static unsafe class WinogradGradient<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Tiles summed in registers before the buffer is touched; part of the result's definition.</summary>
    private const int Block = 512;

    /// <summary>
    /// Floats of laid-out samples at a time: what a second-level cache holds. Four times as much took a quarter longer.
    /// </summary>
    private const int MostLaidOut = 1 << 18;

    public static void Add(Workers workers, in ConvolutionGeometry g, int batch, float* x, float* dy, float* dw)
    {
        var planes = new WindowPlanes(Winograd.Tiles(g));
        int* offsets = (int*)Scratch.Rent(ScratchUse.Offsets, (Winograd.Points + 1) * g.InputChannels);
        planes.WriteOffsets(g.InputChannels, offsets);
        var job = new Job { Geometry = g, Planes = planes, X = x, DY = dy, DW = dw, Offsets = offsets };
        job.Cut(batch);
        // where the rows of v begin, one per input channel
        job.Rows = offsets + Winograd.Points * g.InputChannels;
        for (int c = 0; c < g.InputChannels; c++)
            job.Rows[c] = c * job.TileRoom;
        long size = (long)Winograd.Points * g.InputChannels * job.Columns;
        job.Sums = Scratch.Rent(ScratchUse.Gradient, size);
        new Span<float>(job.Sums, checked((int)size)).Clear();
        job.Laid = Scratch.Rent(ScratchUse.SharedPlanes, job.SampleSize * job.SamplesAtOnce);

        for (job.FirstSample = 0; job.FirstSample < batch; job.FirstSample += job.SamplesAtOnce)
        {
            job.Samples = Math.Min(job.SamplesAtOnce, batch - job.FirstSample);
            job.Step = Step.LayOut;
            workers.Run(ref job, job.Samples * (1 + job.Panels));
            job.Step = Step.Multiply;
            workers.Run(ref job, Winograd.Points * job.Panels);
        }
        job.Step = Step.Finish;
        workers.Run(ref job, g.OutputChannels);
    }

    private enum Step
    {
        LayOut,
        Multiply,
        Finish,
    }

    private struct Job : IJob
    {
        public ConvolutionGeometry Geometry;
        public WindowPlanes Planes;
        public float* X;
        public float* DY;
        public float* DW;
        public float* Sums;
        public float* Laid;
        public int* Offsets;
        public int* Rows;
        public int FirstSample;
        public int Samples;
        public Step Step;
        private int width;
        private long inputSize;
        private long turnedSize;

        public int Panels { get; private set; }

        public int SamplesAtOnce { get; private set; }

        /// <summary>Output channels rounded up to panels of whole vectors.</summary>
        public int Columns { get; private set; }

        /// <summary>Tiles of a sample rounded up to whole vectors.</summary>
        public int TileRoom { get; private set; }

        public readonly long SampleSize => inputSize + turnedSize;

        public void Cut(int batch)
        {
            // Panels alike, rather than full ones and a rest: 64 channels are 2 + 2 vectors, not 3 + 1.
            int needed = (Geometry.OutputChannels + TLanes.Count - 1) / TLanes.Count;
            Panels = (needed + 2) / 3;
            width = (needed + Panels - 1) / Panels * TLanes.Count;
            Columns = Panels * width;
            TileRoom = (Planes.Positions + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
            inputSize = (long)Winograd.Points * Geometry.InputChannels * TileRoom;
            turnedSize = (long)Winograd.Points * Planes.Positions * Columns;
            SamplesAtOnce = (int)Math.Clamp(MostLaidOut / SampleSize, 1, Math.Max(batch, 1));
        }

        public readonly void Run(int chunk)
        {
            if (Step == Step.Finish)
                AddFilters(chunk);
            else if (Step == Step.Multiply)
                Multiply(chunk % Panels, chunk / Panels);
            else if (chunk % (1 + Panels) == 0)
                LayOutInput(chunk / (1 + Panels));
            else
                LayOutGradient(chunk / (1 + Panels), chunk % (1 + Panels) - 1);
        }

        /// <summary>v [16][in][tiles] of one sample.</summary>
        private readonly void LayOutInput(int sample)
        {
            float* v = Laid + sample * (nint)SampleSize;
            float* x = X + (nint)(FirstSample + sample) * Geometry.InputCount;
            float* planes = PlanesJob.Fill(Planes, x, Geometry.InputChannels, Geometry.InputPlane, TLanes.Count);
            nint perPoint = (nint)Geometry.InputChannels * TileRoom;
            for (int c = 0; c < Geometry.InputChannels; c++)
                for (int tile = 0; tile < TileRoom; tile += TLanes.Count)
                    WinogradTransforms<TLanes, TVector>.Input(
                        planes + tile, Offsets + Winograd.Points * c, v + (nint)c * TileRoom + tile, perPoint);
        }

        /// <summary>
        /// A dy Aᵀ [16][tiles][width] of one panel of one sample; 0 for the surplus tiles that the pitch brings.
        /// </summary>
        private readonly void LayOutGradient(int sample, int panel)
        {
            int count = Math.Clamp(Geometry.OutputChannels - panel * width, 0, width);
            float* turned = Scratch.Rent(ScratchUse.Columns, (long)Geometry.OutputPlane * width);
            float* dy = DY + (nint)(FirstSample + sample) * Geometry.OutputCount
                + (nint)panel * width * Geometry.OutputPlane;
            Packing.TransposeStrip(dy, Geometry.OutputPlane, Geometry.OutputPlane, count, width, turned);
            float* m = Turned(sample, panel, 0);
            nint perPoint = (nint)Planes.Positions * Columns;
            for (int tile = 0; tile < Planes.Positions; tile++, m += width)
            {
                int oy = 2 * (tile / Planes.Pitch), ox = 2 * (tile % Planes.Pitch);
                float* at = turned + ((nint)oy * Geometry.OutputWidth + ox) * width;
                bool first = ox < Geometry.OutputWidth, second = ox + 1 < Geometry.OutputWidth;
                bool below = oy + 1 < Geometry.OutputHeight;
                float* next = at + (nint)Geometry.OutputWidth * width;
                for (int i = 0; i < width; i += TLanes.Count)
                    WinogradTransforms<TLanes, TVector>.OutputGradient(
                        first ? at + i : null, second ? at + width + i : null,
                        first && below ? next + i : null, second && below ? next + width + i : null, m + i, perPoint);
            }
        }

        private readonly void Multiply(int panel, int point)
        {
            float* sums = Sums + (nint)point * Geometry.InputChannels * Columns + (nint)panel * width;
            for (int sample = 0; sample < Samples; sample++)
            {
                float* v = Laid + sample * (nint)SampleSize + (nint)point * Geometry.InputChannels * TileRoom;
                float* m = Turned(sample, panel, point);
                for (int first = 0; first < Planes.Positions; first += Block)
                    for (int row = 0; row < Geometry.InputChannels; row += TLanes.TileRows)
                        GradientTile<TLanes, TVector>.Add(
                            Math.Min(TLanes.TileRows, Geometry.InputChannels - row), width / TLanes.Count,
                            Math.Min(Block, Planes.Positions - first), v + first, Rows + row,
                            m + (nint)first * width, sums + (nint)row * Columns, Columns);
            }
        }

        /// <summary>dw += Gᵀ du G for the filters of one output channel.</summary>
        private readonly void AddFilters(int o)
        {
            nint perPoint = (nint)Geometry.InputChannels * Columns;
            for (int c = 0; c < Geometry.InputChannels; c++)
                Winograd.AddFilterGradient(
                    Sums + (nint)c * Columns + o, perPoint,
                    DW + ((nint)o * Geometry.InputChannels + c) * Geometry.KernelSize);
        }

        /// <summary>Where the transformed dy of a panel at a point begins.</summary>
        private readonly float* Turned(int sample, int panel, int point) =>
            Laid + sample * (nint)SampleSize + (nint)inputSize
                + ((nint)point * Columns + (nint)panel * width) * Planes.Positions;
    }
}
