using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// A <see cref="ParameterStep"/> for sums fresh from their registers: the product is the gradient of the parameters
/// that lie where its C would, and is never stored whole. Each operation is rounded as in <see cref="OptimizerSteps"/>,
/// so that the bits are the same.
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TLanes, TVector>(in TileStep step, float* w, TVector g)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector change;
        if (step.Kind == StepKind.Descend)
            change = TLanes.Multiply(g, TLanes.Broadcast(step.Rate));
        else if (step.Kind == StepKind.Momentum)
        {
            change = TLanes.Add(
                TLanes.Multiply(TLanes.Load(w + step.First), TLanes.Broadcast(step.Momentum)),
                TLanes.Multiply(g, TLanes.Broadcast(step.Rate)));
            TLanes.Store(w + step.First, change);
        }
        else
            change = AdamChange<TLanes, TVector>(step, w, g);
        TLanes.Store(w, TLanes.Subtract(TLanes.Load(w), change));
    }

    private static TVector AdamChange<TLanes, TVector>(in TileStep step, float* w, TVector g)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged
    {
        TVector m = TLanes.Add(
            TLanes.Multiply(TLanes.Load(w + step.First), TLanes.Broadcast(step.Adam.Beta1)),
            TLanes.Multiply(g, TLanes.Broadcast(1 - step.Adam.Beta1)));
        TVector v = TLanes.Add(
            TLanes.Multiply(TLanes.Load(w + step.Second), TLanes.Broadcast(step.Adam.Beta2)),
            TLanes.Multiply(TLanes.Multiply(g, g), TLanes.Broadcast(1 - step.Adam.Beta2)));
        TLanes.Store(w + step.First, m);
        TLanes.Store(w + step.Second, v);
        return TLanes.Divide(
            TLanes.Multiply(m, TLanes.Broadcast(step.Adam.Rate)),
            TLanes.Add(TLanes.SquareRoot(v), TLanes.Broadcast(step.Adam.Epsilon)));
    }
}
