using System.Numerics.Tensors;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>add</c> and <c>addBroadcastable</c>: y = x0 + x1 + …; <c>add</c> with one input: y = x + alpha.
/// </summary>
/// <remarks>Shapes: inputs are equal or 1 along each axis; y is as large as the largest along each.</remarks>
internal sealed class Add(string name, string kind, float alpha)
    : Elementwise(name, kind, kind == "add" ? 1 : 2, kind == "add" ? int.MaxValue : 2)
{
    public static Add Read(LayerSource source) =>
        new Add(source.Name, source.Kind, source.Specification.Add?.Alpha ?? 0);

    public override void Forward<T>(LayerRun<T> run)
    {
        if (run.InputCount == 1)
            TensorPrimitives.Add(run.Input(0), T.CreateTruncating(alpha), run.Output(0));
        else
            CombineAll<T, Plus>(run);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        for (int i = 0; i < run.InputCount; i++)
            if (run.WantsInputGradient(i))
                Strided.AddTo(Under(run, i), run.OutputGradient(0), run.InputGradient(i));
    }
}
