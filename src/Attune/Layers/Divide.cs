using System.Buffers;
using System.Numerics.Tensors;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>divideBroadcastable</c>: y = a / b.</summary>
/// <remarks>Shapes: inputs are equal or 1 along each axis; y is as large as the larger along each.</remarks>
internal sealed class Divide(string name) : Elementwise(name, "divideBroadcastable", 2, 2)
{
    public static Divide Read(LayerSource source) =>
        new Divide(source.Name);

    public override void Forward<T>(LayerRun<T> run) => CombineAll<T, Over>(run);

    public override void Backward<T>(LayerRun<T> run)
    {
        // da = dy / b;  db = −dy · y / b
        Span<T> quotient = RentGradient(run, out T[] rented);
        Strided.Combine<T, Over>(Under(run, 1), quotient, run.Input(1));
        if (run.WantsInputGradient(0))
            Strided.AddTo<T>(Under(run, 0), quotient, run.InputGradient(0));
        if (run.WantsInputGradient(1))
        {
            TensorPrimitives.Multiply(quotient, run.Output(0), quotient);
            TensorPrimitives.Negate(quotient, quotient);
            Strided.AddTo<T>(Under(run, 1), quotient, run.InputGradient(1));
        }
        ArrayPool<T>.Shared.Return(rented);
    }
}
