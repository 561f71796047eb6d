using System.Buffers;
using System.Numerics.Tensors;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>average</c>: y = (x0 + x1 + …) / the number of inputs.</summary>
/// <remarks>Shapes: inputs are equal or 1 along each axis; y is as large as the largest along each.</remarks>
internal sealed class Average(string name) : Elementwise(name, "average", 1, int.MaxValue)
{
    public static Average Read(LayerSource source) =>
        new Average(source.Name);

    public override void Forward<T>(LayerRun<T> run)
    {
        CombineAll<T, Plus>(run);
        TensorPrimitives.Divide(run.Output(0), T.CreateTruncating(run.InputCount), run.Output(0));
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        Span<T> share = RentGradient(run, out T[] rented);
        TensorPrimitives.Divide(share, T.CreateTruncating(run.InputCount), share);
        for (int i = 0; i < run.InputCount; i++)
            if (run.WantsInputGradient(i))
                Strided.AddTo<T>(Under(run, i), share, run.InputGradient(i));
        ArrayPool<T>.Shared.Return(rented);
    }
}
