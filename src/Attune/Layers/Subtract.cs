using System.Buffers;
using System.Numerics.Tensors;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>subtractBroadcastable</c>: y = a − b.</summary>
/// <remarks>Shapes: inputs are equal or 1 along each axis; y is as large as the larger along each.</remarks>
internal sealed class Subtract(string name) : Elementwise(name, "subtractBroadcastable", 2, 2)
{
    public static Subtract Read(LayerSource source) =>
        new Subtract(source.Name);

    public override void Forward<T>(LayerRun<T> run) => CombineAll<T, Minus>(run);

    public override void Backward<T>(LayerRun<T> run)
    {
        if (run.WantsInputGradient(0))
            Strided.AddTo(Under(run, 0), run.OutputGradient(0), run.InputGradient(0));
        if (!run.WantsInputGradient(1))
            return;

        // db = −dy
        Span<T> negative = RentGradient(run, out T[] rented);
        TensorPrimitives.Negate(negative, negative);
        Strided.AddTo<T>(Under(run, 1), negative, run.InputGradient(1));
        ArrayPool<T>.Shared.Return(rented);
    }
}
