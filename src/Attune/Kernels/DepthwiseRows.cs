using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Convolution of every channel by a 3×3 filter of its own, stride 1 or 2, row by row: the channel is copied into rows
/// with room for the padding, whose zeros are written once per chunk; with stride 2 even and odd columns are parted on
/// the way. Nine weights stay in registers while vectors of outputs go by and are stored where they belong. The last
/// vector of a row is moved back so that it ends with the row: some outputs are computed twice, alike. Rows shorter
/// than a vector run over into the next row, which is written later.
/// </summary>
internal static unsafe class DepthwiseRows<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int ChunksPerThread = 4;
    private const long WorthSharing = 1 << 17;
    private const int WidestVector = 16;

    public static bool Serves(in ConvolutionGeometry g, bool add) =>
        !add && g.PadTop >= 0 && g.PadLeft >= 0
        && g.GroupInputs == 1 && g.GroupOutputs == 1 && g.KernelHeight == 3 && g.KernelWidth == 3
        && g.DilationHeight == 1 && g.DilationWidth == 1 && g.StrideHeight == g.StrideWidth && g.StrideHeight <= 2;

    /// <summary>The filters in the operands are the weights as they are.</summary>
    public static void Run(Workers workers, in ConvolutionGeometry g, int batch, in WindowOperands operands)
    {
        if (g.OutputPlane == 0)
            return;
        int count = batch * g.Groups;
        Workers used = (long)count * g.OutputPlane * g.KernelSize > WorthSharing ? workers : Workers.Single;
        int chunks = used.Threads == 1 ? 1 : Math.Min(count, ChunksPerThread * used.Threads);
        var job = new ChannelJob
        {
            Geometry = g, Rows = new PaddedRows(g, WidestVector), Operands = operands, Count = count,
            PerChunk = (count + chunks - 1) / chunks,
        };
        used.Run(ref job, (count + job.PerChunk - 1) / job.PerChunk);
    }

    private struct ChannelJob : IJob
    {
        public ConvolutionGeometry Geometry;
        public PaddedRows Rows;
        public WindowOperands Operands;

        /// <summary>Samples times channels.</summary>
        public int Count;

        public int PerChunk;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            float* rows = Scratch.Rent(ScratchUse.Planes, Rows.Size);
            new Span<float>(rows, Rows.Size).Clear();
            for (int channel = chunk * PerChunk; channel < Math.Min((chunk + 1) * PerChunk, Count); channel++)
            {
                Rows.Fill(Operands.X + (nint)channel * Geometry.InputPlane, rows);
                int c = channel % Geometry.Groups;
                Sum(
                    rows, Operands.Filters + (nint)c * Geometry.KernelSize,
                    Operands.End.RowBias == null ? 0 : Operands.End.RowBias[c],
                    Operands.Y + (nint)channel * Geometry.OutputPlane);
            }
        }

        // Longer than a method should be: cut up, weights and sums would not stay in registers.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        [SkipLocalsInit]
        private readonly void Sum(float* rows, float* filter, float bias, float* y)
        {
            TVector w0 = TLanes.Broadcast(filter[0]), w1 = TLanes.Broadcast(filter[1]);
            TVector w2 = TLanes.Broadcast(filter[2]), w3 = TLanes.Broadcast(filter[3]);
            TVector w4 = TLanes.Broadcast(filter[4]), w5 = TLanes.Broadcast(filter[5]);
            TVector w6 = TLanes.Broadcast(filter[6]), w7 = TLanes.Broadcast(filter[7]);
            TVector w8 = TLanes.Broadcast(filter[8]), shift = TLanes.Broadcast(bias), none = TLanes.Broadcast(0);
            bool rectify = Operands.End.Rectify;
            int width = Geometry.OutputWidth;
            nint second = Rows.SecondColumn, third = Rows.ThirdColumn;
            nint down = Rows.Pitch, step = (nint)Rows.Pitch * Geometry.StrideHeight;
            float* buffer = stackalloc float[WidestVector];
            int untilEnd = Geometry.OutputPlane;
            for (; untilEnd > 0; untilEnd -= width, y += width, rows += step)
                for (int done = 0; done < width; done += TLanes.Count)
                {
                    int column = width < TLanes.Count ? 0 : Math.Min(done, width - TLanes.Count);
                    float* at = rows + column;
                    TVector sum = TLanes.MultiplyAdd(w0, TLanes.Load(at), none);
                    sum = TLanes.MultiplyAdd(w1, TLanes.Load(at + second), sum);
                    sum = TLanes.MultiplyAdd(w2, TLanes.Load(at + third), sum);
                    at += down;
                    sum = TLanes.MultiplyAdd(w3, TLanes.Load(at), sum);
                    sum = TLanes.MultiplyAdd(w4, TLanes.Load(at + second), sum);
                    sum = TLanes.MultiplyAdd(w5, TLanes.Load(at + third), sum);
                    at += down;
                    sum = TLanes.MultiplyAdd(w6, TLanes.Load(at), sum);
                    sum = TLanes.MultiplyAdd(w7, TLanes.Load(at + second), sum);
                    sum = TLanes.MultiplyAdd(w8, TLanes.Load(at + third), sum);
                    sum = TLanes.Add(sum, shift);
                    if (rectify)
                        sum = TLanes.Rectify(sum);
                    if (untilEnd - column >= TLanes.Count)
                    {
                        TLanes.Store(y + column, sum);
                        continue;
                    }
                    // A short row with nothing of the plane left to run over into.
                    TLanes.Store(buffer, sum);
                    for (int i = 0; i < width; i++)
                        y[i] = buffer[i];
                }
        }
    }
}
