using System.Buffers;
using System.Numerics.Tensors;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>multiply</c> and <c>multiplyBroadcastable</c>: y = x0 · x1 · …; <c>multiply</c> with one input: y =
/// alpha · x.
/// </summary>
/// <remarks>Shapes: inputs are equal or 1 along each axis; y is as large as the largest along each.</remarks>
internal sealed class Multiply(string name, string kind, float alpha)
    : Elementwise(name, kind, kind == "multiply" ? 1 : 2, kind == "multiply" ? int.MaxValue : 2)
{
    public static Multiply Read(LayerSource source) =>
        new Multiply(source.Name, source.Kind, source.Specification.Multiply?.Alpha ?? 1);

    public override void Forward<T>(LayerRun<T> run)
    {
        if (run.InputCount == 1)
            TensorPrimitives.Multiply(run.Input(0), T.CreateTruncating(alpha), run.Output(0));
        else
            CombineAll<T, Times>(run);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        for (int i = 0; i < run.InputCount; i++)
        {
            if (!run.WantsInputGradient(i))
                continue;

            // dx = dy times all other factors
            Span<T> product = RentGradient(run, out T[] rented);
            if (run.InputCount == 1)
                TensorPrimitives.Multiply(product, T.CreateTruncating(alpha), product);
            for (int other = 0; other < run.InputCount; other++)
                if (other != i)
                    Strided.Combine<T, Times>(Under(run, other), product, run.Input(other));
            Strided.AddTo<T>(Under(run, i), product, run.InputGradient(i));
            ArrayPool<T>.Shared.Return(rented);
        }
    }
}
