using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Convolution of every channel by a filter of its own: too little arithmetic per value for a product. Reads shifted
/// planes as <see cref="WindowProduct{TLanes, TVector}"/> does, one channel at a time, which stays in the first-level
/// cache, eight vectors of positions per round so that as many sums are under way.
/// </summary>
internal static unsafe class Depthwise<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int ChannelsPerChunk = 4;
    private const int Unroll = 8;

    public static bool Serves(in ConvolutionGeometry g) => g.GroupInputs == 1 && g.GroupOutputs == 1;

    /// <summary>The filters in the operands are the weights as they are.</summary>
    public static void Run(Workers workers, in ConvolutionGeometry g, int batch, in WindowOperands operands)
    {
        var planes = new WindowPlanes(g);
        if (planes.Positions == 0)
            return;
        int* offsets = (int*)Scratch.Rent(ScratchUse.Offsets, g.FilterSize);
        planes.WriteOffsets(1, offsets);
        var job = new ChannelJob
        {
            Geometry = g, Planes = planes, Operands = operands, Offsets = offsets, Count = batch * g.Groups,
        };
        Workers used = (long)batch * g.OutputCount * g.KernelSize > 1 << 16 ? workers : Workers.Single;
        used.Run(ref job, (job.Count + ChannelsPerChunk - 1) / ChannelsPerChunk);
    }

    private struct ChannelJob : IJob
    {
        public ConvolutionGeometry Geometry;
        public WindowPlanes Planes;
        public WindowOperands Operands;
        public int* Offsets;

        /// <summary>Samples times channels.</summary>
        public int Count;

        public readonly void Run(int chunk)
        {
            int end = Math.Min((chunk + 1) * ChannelsPerChunk, Count);
            // whole rounds are computed and read, whatever they hold
            int round = Unroll * TLanes.Count;
            int room = (Planes.Positions + round - 1) / round * round;
            float* sums = Scratch.Rent(ScratchUse.Product, room + TLanes.Count);
            for (int channel = chunk * ChannelsPerChunk; channel < end; channel++)
            {
                float* x = Operands.X + (nint)channel * Geometry.InputPlane;
                long read = (long)channel * Geometry.InputPlane + Offsets[Geometry.KernelSize - 1] + room;
                if (!Planes.AreInput || read > Operands.InputLength)
                    x = PlanesJob.Fill(Planes, x, 1, Geometry.InputPlane, room);
                int c = channel % Geometry.Groups;
                float bias = Operands.End.RowBias == null ? 0 : Operands.End.RowBias[c];
                Sum(x, Operands.Filters + (nint)c * Geometry.KernelSize, bias, sums);
                new PositionRange(0, Planes.Positions, Planes.Pitch).Move(
                    sums, Operands.Y + (nint)channel * Geometry.OutputPlane, Geometry.OutputWidth, Operands.Add,
                    Planes.Positions);
            }
        }

        // Longer than a method should be: cut up, the sums would not stay in registers.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Sum(float* x, float* filter, float bias, float* sums)
        {
            TVector shift = TLanes.Broadcast(bias);
            bool rectify = Operands.End.Rectify;
            for (int first = 0; first < Planes.Positions; first += Unroll * TLanes.Count)
            {
                TVector s0 = TLanes.Broadcast(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
                for (int k = 0; k < Geometry.KernelSize; k++)
                {
                    TVector weight = TLanes.Broadcast(filter[k]);
                    float* at = x + Offsets[k] + first;
                    s0 = TLanes.MultiplyAdd(weight, TLanes.Load(at), s0);
                    s1 = TLanes.MultiplyAdd(weight, TLanes.Load(at + TLanes.Count), s1);
                    s2 = TLanes.MultiplyAdd(weight, TLanes.Load(at + 2 * TLanes.Count), s2);
                    s3 = TLanes.MultiplyAdd(weight, TLanes.Load(at + 3 * TLanes.Count), s3);
                    s4 = TLanes.MultiplyAdd(weight, TLanes.Load(at + 4 * TLanes.Count), s4);
                    s5 = TLanes.MultiplyAdd(weight, TLanes.Load(at + 5 * TLanes.Count), s5);
                    s6 = TLanes.MultiplyAdd(weight, TLanes.Load(at + 6 * TLanes.Count), s6);
                    s7 = TLanes.MultiplyAdd(weight, TLanes.Load(at + 7 * TLanes.Count), s7);
                }
                float* target = sums + first;
                Store(target, s0, shift, rectify);
                Store(target + TLanes.Count, s1, shift, rectify);
                Store(target + 2 * TLanes.Count, s2, shift, rectify);
                Store(target + 3 * TLanes.Count, s3, shift, rectify);
                Store(target + 4 * TLanes.Count, s4, shift, rectify);
                Store(target + 5 * TLanes.Count, s5, shift, rectify);
                Store(target + 6 * TLanes.Count, s6, shift, rectify);
                Store(target + 7 * TLanes.Count, s7, shift, rectify);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store(float* target, TVector sum, TVector shift, bool rectify)
        {
            sum = TLanes.Add(sum, shift);
            TLanes.Store(target, rectify ? TLanes.Rectify(sum) : sum);
        }
    }
}
