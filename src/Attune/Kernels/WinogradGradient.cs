using System.Numerics.Tensors;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// The weight gradient by <see cref="Winograd"/>: per point, du[in × out] = Σ over samples and tiles of v·(A dy Aᵀ),
/// and in the end dw += Gᵀ du G. v, transformed from the input, is a row per input channel; dy is turned around, so
/// that its transform and the products run over output channels.
///
/// The samples of a mini-batch are cut into groups, by the shapes alone. A worker takes a group and sums it by itself,
/// some tiles at a time, so that what it lays out never leaves its own second-level cache. Laid out by one worker and
/// multiplied by another, half of it moved from core to core, and two threads were hardly faster than one. The sums of
/// the groups are added up in their order.
/// </summary>
internal static unsafe class WinogradGradient<TTile, TLanes, TVector>
    where TTile : struct, IWinograd
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int MostGroups = 8;

    /// <summary>With fewer groups than this there are not enough for the threads, and outputs are shared out too.
    /// </summary>
    private const int FewGroups = 4;

    /// <summary>Most floats in the sums of all groups.</summary>
    private const long MostSums = 1 << 22;

    /// <summary>Floats laid out at a time: half of a second-level cache, beside the sums and the sample.</summary>
    private const int MostLaidOut = 1 << 17;

    public static void Add(Workers workers, in ConvolutionGeometry g, int batch, float* x, float* dy, float* dw)
    {
        if (batch == 0)
            return;
        var planes = Winograd.Tiles<TTile>(g);
        int* offsets = (int*)Scratch.Rent(ScratchUse.Offsets, (TTile.Points + 1) * g.InputChannels);
        planes.WriteOffsets(g.InputChannels, offsets);
        var job = new Job
        {
            Geometry = g, Planes = planes, X = x, DY = dy, DW = dw,
            Offsets = offsets, Rows = offsets + TTile.Points * g.InputChannels,
        };
        job.Cut(batch);
        for (int c = 0; c < g.InputChannels; c++)
            job.Rows[c] = c * job.BlockRoom;
        job.Sums = Scratch.Rent(ScratchUse.Gradient, job.SumCount * job.Groups);
        workers.Run(ref job, job.Groups * job.PanelChunks);
        job.Finishes = true;
        workers.Run(ref job, g.InputChannels);
    }

    private struct Job : IJob
    {
        public ConvolutionGeometry Geometry;
        public WindowPlanes Planes;
        public float* X;
        public float* DY;
        public float* DW;
        public float* Sums;
        public int* Offsets;

        /// <summary>Where the rows of v begin, one per input channel.</summary>
        public int* Rows;
        public bool Finishes;
        private int batch;
        private int panels;
        private int width;

        public int Groups { get; private set; }

        /// <summary>Into how many parts the output channels of a group are shared out: one, or one per panel.</summary>
        public int PanelChunks { get; private set; }

        /// <summary>Tiles that are laid out at a time, in whole vectors.</summary>
        public int BlockRoom { get; private set; }

        /// <summary>From one point to the next in v.</summary>
        private readonly nint InputStride => (nint)Geometry.InputChannels * BlockRoom + Winograd.Gap;

        /// <summary>From one point to the next in the transformed dy.</summary>
        private readonly nint GradientStride => (nint)width * BlockRoom + Winograd.Gap;

        /// <summary>Output channels rounded up to panels of whole vectors.</summary>
        private readonly int Columns => panels * width;

        /// <summary>Sums of a group: [points][in][columns].</summary>
        public readonly long SumCount => (long)TTile.Points * Geometry.InputChannels * Columns;

        public void Cut(int samples)
        {
            batch = samples;
            // Panels alike, rather than full ones and a rest: 64 channels are 2 + 2 vectors, not 3 + 1.
            int needed = (Geometry.OutputChannels + TLanes.Count - 1) / TLanes.Count;
            panels = (needed + 2) / 3;
            width = (needed + panels - 1) / panels * TLanes.Count;
            Groups = (int)Math.Clamp(MostSums / SumCount, 1, Math.Min(batch, MostGroups));
            PanelChunks = Groups < FewGroups ? panels : 1;
            int tileSize = TTile.Points * (Geometry.InputChannels + panels / PanelChunks * width);
            int vectors = (Planes.Positions + TLanes.Count - 1) / TLanes.Count;
            BlockRoom = Math.Clamp(MostLaidOut / tileSize / TLanes.Count, 1, vectors) * TLanes.Count;
        }

        public readonly void Run(int chunk)
        {
            if (Finishes)
                AddFilters(chunk);
            else
                SumGroup(chunk / PanelChunks, chunk % PanelChunks);
        }

        private readonly void SumGroup(int group, int part)
        {
            int firstPanel = panels * part / PanelChunks;
            int endPanel = panels * (part + 1) / PanelChunks;
            float* sums = Sums + (nint)SumCount * group;
            for (int row = 0; row < TTile.Points * Geometry.InputChannels; row++)
                new Span<float>(
                    sums + (nint)row * Columns + firstPanel * width, (endPanel - firstPanel) * width).Clear();
            int end = (int)((long)batch * (group + 1) / Groups);
            for (int sample = (int)((long)batch * group / Groups); sample < end; sample++)
                AddSample(sample, firstPanel, endPanel, sums);
        }

        private readonly void AddSample(int sample, int firstPanel, int endPanel, float* sums)
        {
            float* planes = PlanesJob.Fill(
                Planes, X + (nint)sample * Geometry.InputCount, Geometry.InputChannels, Geometry.InputPlane,
                TLanes.Count);
            float* turned = Turn(DY + (nint)sample * Geometry.OutputCount, firstPanel, endPanel);
            float* v = Scratch.Rent(ScratchUse.Product, TTile.Points * (InputStride + GradientStride));
            float* m = v + TTile.Points * InputStride;
            for (int first = 0; first < Planes.Positions; first += BlockRoom)
            {
                int count = Math.Min(BlockRoom, Planes.Positions - first);
                LayOutInput(planes + first, count, v);
                for (int panel = firstPanel; panel < endPanel; panel++)
                {
                    LayOutGradient(
                        turned + (nint)(panel - firstPanel) * Geometry.OutputPlane * width, first, count, m);
                    Multiply(v, m, count, sums + panel * width);
                }
            }
        }

        /// <summary>dy of one sample as [panel][positions][width].</summary>
        private readonly float* Turn(float* dy, int firstPanel, int endPanel)
        {
            nint size = (nint)Geometry.OutputPlane * width;
            float* turned = Scratch.Rent(ScratchUse.Columns, (endPanel - firstPanel) * size);
            for (int panel = firstPanel; panel < endPanel; panel++)
                Packing.TransposeStrip(
                    dy + (nint)panel * width * Geometry.OutputPlane, Geometry.OutputPlane, Geometry.OutputPlane,
                    Math.Clamp(Geometry.OutputChannels - panel * width, 0, width), width,
                    turned + (panel - firstPanel) * size);
            return turned;
        }

        /// <summary>v [points][in][tiles] of some tiles.</summary>
        private readonly void LayOutInput(float* planes, int count, float* v)
        {
            for (int c = 0; c < Geometry.InputChannels; c++)
                for (int tile = 0; tile < count; tile += TLanes.Count)
                    TTile.Input<TLanes, TVector>(
                        planes + tile, Offsets + TTile.Points * c, v + (nint)c * BlockRoom + tile, InputStride);
        }

        /// <summary>
        /// A dy Aᵀ [points][tiles][width] of some tiles of one panel; 0 for the surplus tiles that the pitch brings.
        /// </summary>
        private readonly void LayOutGradient(float* turned, int firstTile, int count, float* m)
        {
            for (int tile = firstTile; tile < firstTile + count; tile++, m += width)
            {
                int oy = TTile.Outputs * (tile / Planes.Pitch), ox = TTile.Outputs * (tile % Planes.Pitch);
                float* at = turned + ((nint)oy * Geometry.OutputWidth + ox) * width;
                for (int i = 0; i < width; i += TLanes.Count)
                    TTile.OutputGradient<TLanes, TVector>(
                        at + i, (nint)Geometry.OutputWidth * width, width,
                        Geometry.OutputHeight - oy, Geometry.OutputWidth - ox, m + i, GradientStride);
            }
        }

        private readonly void Multiply(float* v, float* m, int count, float* sums)
        {
            for (int point = 0; point < TTile.Points; point++)
            {
                for (int row = 0; row < Geometry.InputChannels; row += TLanes.TileRows)
                    GradientTile<TLanes, TVector>.Add(
                        Math.Min(TLanes.TileRows, Geometry.InputChannels - row), width / TLanes.Count, count,
                        v, Rows + row, m, sums + (nint)row * Columns, Columns);
                v += InputStride;
                m += GradientStride;
                sums += (nint)Geometry.InputChannels * Columns;
            }
        }

        /// <summary>Adds up the groups' sums of one input channel, and dw += Gᵀ du G of its filters.</summary>
        private readonly void AddFilters(int c)
        {
            float* du = Scratch.Rent(ScratchUse.Columns, TTile.Points * Columns);
            for (int point = 0; point < TTile.Points; point++)
            {
                float* sums = Sums + ((nint)point * Geometry.InputChannels + c) * Columns;
                var total = new Span<float>(du + (nint)point * Columns, Columns);
                new ReadOnlySpan<float>(sums, Columns).CopyTo(total);
                for (int group = 1; group < Groups; group++)
                    TensorPrimitives.Add(total, new ReadOnlySpan<float>(sums + group * (nint)SumCount, Columns), total);
            }
            float* dg = Scratch.Rent(ScratchUse.Product, 9 * Columns);
            for (int o = 0; o < Columns; o += TLanes.Count)
                TTile.FilterGradient<TLanes, TVector>(du + o, Columns, dg + o, Columns);
            for (int o = 0; o < Geometry.OutputChannels; o++)
                for (int i = 0; i < 9; i++)
                    DW[((nint)o * Geometry.InputChannels + c) * 9 + i] += dg[i * Columns + o];
        }
    }
}
