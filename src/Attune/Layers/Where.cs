using System.Buffers;
using System.Numerics;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>whereBroadcastable</c>: of three inputs c, a and b, a where c is not 0, b elsewhere.</summary>
/// <remarks>Shapes: inputs are equal or 1 along each axis; y is as large as the largest along each.</remarks>
internal sealed class Where(string name) : Elementwise(name, "whereBroadcastable", 3, 3)
{
    public static Where Read(LayerSource source) => new Where(source.Name);

    public override void Forward<T>(LayerRun<T> run)
    {
        Span<T> y = run.Output(0);
        Span<T> a = Rent(run, 1, out T[] rented);
        Strided.Copy(Under(run, 2), run.Input(2), y);
        ReadOnlySpan<T> condition = run.Input(0);
        for (RunWalk walk = Under(run, 0); walk.MoveNext();)
            for (int i = 0, place = walk.Other; i < walk.Length; i++, place += walk.Stride)
                if (condition[place] != T.Zero)
                    y[walk.Dense + i] = a[walk.Dense + i];
        ArrayPool<T>.Shared.Return(rented);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        Span<T> condition = Rent(run, 0, out T[] rented);
        for (int index = 1; index <= 2; index++)
        {
            if (!run.WantsInputGradient(index))
                continue;
            Span<T> part = RentGradient(run, out T[] rentedPart);
            for (int i = 0; i < part.Length; i++)
                if (condition[i] != T.Zero != (index == 1))
                    part[i] = T.Zero;
            Strided.AddTo<T>(Under(run, index), part, run.InputGradient(index));
            ArrayPool<T>.Shared.Return(rentedPart);
        }
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>An input as large as the output, in rented memory.</summary>
    private static Span<T> Rent<T>(LayerRun<T> run, int index, out T[] rented)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = run.Output(0).Length;
        rented = ArrayPool<T>.Shared.Rent(length);
        Strided.Copy(Under(run, index), run.Input(index), rented.AsSpan(0, length));
        return rented.AsSpan(0, length);
    }
}
