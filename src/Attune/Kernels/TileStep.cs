using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// A <see cref="ParameterStep"/> for a tile of sums that has just been computed: they are the gradient of the
/// parameters that lie where the product's C would, and are never stored whole. Each operation is rounded as in
/// <see cref="OptimizerSteps"/>, so that the bits are the same.
/// </summary>
internal unsafe struct TileStep
{
    public StepKind Kind;
    public float Rate;
    public float Momentum;
    public AdamRates<float> Adam;

    /// <summary>How far, in floats, the optimizer's memory lies from the parameters; both are pinned.</summary>
    public nint First;

    public nint Second;
}

/// <summary>The formulas. Columns are whole vectors, and all addresses lie inside: the caller's promise.</summary>
internal static unsafe class TileSteps<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>
    /// Steps w[rows × columns], with rows at <paramref name="stride"/>, by the sums g, with rows at <paramref
    /// name="width"/>.
    /// </summary>
    public static void Apply(in TileStep step, int rows, int columns, float* g, nint width, float* w, nint stride)
    {
        if (step.Kind == StepKind.Descend)
            Descend(step, rows, columns, g, width, w, stride);
        else if (step.Kind == StepKind.Momentum)
            DescendWithMomentum(step, rows, columns, g, width, w, stride);
        else
            Adam(step, rows, columns, g, width, w, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Descend(
        in TileStep step, int rows, int columns, float* g, nint width, float* w, nint stride)
    {
        TVector rate = TLanes.Broadcast(step.Rate);
        for (; rows > 0; rows--, g += width, w += stride)
            for (nint j = 0; j < columns; j += TLanes.Count)
                TLanes.Store(
                    w + j, TLanes.Subtract(TLanes.Load(w + j), TLanes.Multiply(TLanes.Load(g + j), rate)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DescendWithMomentum(
        in TileStep step, int rows, int columns, float* g, nint width, float* w, nint stride)
    {
        TVector rate = TLanes.Broadcast(step.Rate), momentum = TLanes.Broadcast(step.Momentum);
        float* v = w + step.First;
        for (; rows > 0; rows--, g += width, w += stride, v += stride)
            for (nint j = 0; j < columns; j += TLanes.Count)
            {
                TVector change = TLanes.Add(
                    TLanes.Multiply(TLanes.Load(v + j), momentum), TLanes.Multiply(TLanes.Load(g + j), rate));
                TLanes.Store(v + j, change);
                TLanes.Store(w + j, TLanes.Subtract(TLanes.Load(w + j), change));
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Adam(
        in TileStep step, int rows, int columns, float* sums, nint width, float* w, nint stride)
    {
        TVector beta1 = TLanes.Broadcast(step.Adam.Beta1), left1 = TLanes.Broadcast(1 - step.Adam.Beta1);
        TVector beta2 = TLanes.Broadcast(step.Adam.Beta2), left2 = TLanes.Broadcast(1 - step.Adam.Beta2);
        TVector rate = TLanes.Broadcast(step.Adam.Rate), epsilon = TLanes.Broadcast(step.Adam.Epsilon);
        float* first = w + step.First;
        float* second = w + step.Second;
        for (; rows > 0; rows--, sums += width, w += stride, first += stride, second += stride)
            for (nint j = 0; j < columns; j += TLanes.Count)
            {
                TVector g = TLanes.Load(sums + j);
                TVector m = TLanes.Add(TLanes.Multiply(TLanes.Load(first + j), beta1), TLanes.Multiply(g, left1));
                TVector v = TLanes.Add(
                    TLanes.Multiply(TLanes.Load(second + j), beta2), TLanes.Multiply(TLanes.Multiply(g, g), left2));
                TLanes.Store(first + j, m);
                TLanes.Store(second + j, v);
                TVector change = TLanes.Divide(
                    TLanes.Multiply(m, rate), TLanes.Add(TLanes.SquareRoot(v), epsilon));
                TLanes.Store(w + j, TLanes.Subtract(TLanes.Load(w + j), change));
            }
    }
}
