using System.Numerics.Tensors;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>What layers have in common that give their input another shape and leave the order of its
/// elements.</summary>
internal abstract class Recast(string name, string kind) : Layer(name, kind)
{
    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public override void Forward<T>(LayerRun<T> run) => run.Input(0).CopyTo(run.Output(0));

    public override void Backward<T>(LayerRun<T> run) =>
        TensorPrimitives.Add(run.InputGradient(0), run.OutputGradient(0), run.InputGradient(0));
}
