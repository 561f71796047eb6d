using System.Numerics;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// What layers have in common of whose output each element is one of the input: cut, turned round or repeated.
/// </summary>
internal abstract class Selection(string name, string kind) : Layer(name, kind)
{
    public override bool HasGradient => true;

    public override void Forward<T>(LayerRun<T> run)
    {
        for (int i = 0; i < run.OutputCount; i++)
            Strided.Copy(Walk(run, i), run.Input(0), run.Output(i));
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        for (int i = 0; i < run.OutputCount; i++)
            Strided.AddTo(Walk(run, i), run.OutputGradient(i), run.InputGradient(0));
    }

    /// <summary>Where one sample's output <paramref name="index"/> starts in the input.</summary>
    protected virtual int Start(Shape input, int index) => 0;

    /// <summary>Adds the axes of one sample's output with their strides in the input.</summary>
    protected abstract void AddAxes(ref RunWalk walk, Shape input, Shape output);

    private RunWalk Walk<T>(LayerRun<T> run, int index) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape input = run.InputShape(0);
        var walk = RunWalk.From(Start(input, index));
        walk.Add(run.Batch, input.Count);
        AddAxes(ref walk, input, run.OutputShape(index));
        return walk;
    }
}
