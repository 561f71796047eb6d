using System.Numerics;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>What layers have in common whose output is the input with its axes in another order.</summary>
internal abstract class Rearrange(string name, string kind) : Layer(name, kind)
{
    public override bool HasGradient => true;

    public override void Forward<T>(LayerRun<T> run) => Strided.Copy(Walk(run), run.Input(0), run.Output(0));

    public override void Backward<T>(LayerRun<T> run) =>
        Strided.AddTo(Walk(run), run.OutputGradient(0), run.InputGradient(0));

    /// <summary>For each axis of the rearranged input the axis that it is in the input.</summary>
    protected abstract void OrderOf(Shape input, Span<int> axes);

    private RunWalk Walk<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape input = run.InputShape(0);
        Span<int> axes = stackalloc int[input.Rank];
        OrderOf(input, axes);
        return RunWalk.Permuting(input, axes, run.Batch);
    }
}
