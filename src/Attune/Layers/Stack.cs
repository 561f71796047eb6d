using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>stack</c>: the inputs along a new axis.</summary>
/// <remarks>Shapes: n equal inputs; y has one more axis, of size n.</remarks>
internal sealed class Stack(string name, long axis) : Layer(name, "stack")
{
    public override LayerArity Arity => new(1, int.MaxValue, 1, 1);

    public override bool HasGradient => true;

    public static Stack Read(LayerSource source) => new(source.Name, source.Specification.Stack.Axis);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape first = inputs[0];
        foreach (Shape input in inputs)
            if (!input.Equals(first))
                throw Refuse("inputs of one shape", $"{first} and {input}");
        int along = Axis.Resolve(axis, first.Rank + 1);
        if (along < 0)
            throw Refuse($"inputs between whose axes a new one fits at {axis}", $"{first}");
        ReadOnlySpan<int> sizes = first.Dimensions;
        return
        [
            Shape.TryOf([.. sizes[..along], inputs.Length, .. sizes[along..]], out Shape? shape)
                ? shape
                : throw Refuse("inputs that fit memory together", $"{inputs.Length} of {first}"),
        ];
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        int inner = Inner(run);
        int blocks = inner == 0 ? 0 : run.Input(0).Length / inner;
        for (int i = 0; i < run.InputCount; i++)
            for (int block = 0; block < blocks; block++)
                run.Input(i).Slice(block * inner, inner).CopyTo(
                    run.Output(0)[((block * run.InputCount + i) * inner)..]);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        int inner = Inner(run);
        int blocks = inner == 0 ? 0 : run.Input(0).Length / inner;
        for (int i = 0; i < run.InputCount; i++)
            for (int block = 0; run.WantsInputGradient(i) && block < blocks; block++)
            {
                Span<T> dx = run.InputGradient(i).Slice(block * inner, inner);
                TensorPrimitives.Add(dx, run.OutputGradient(0).Slice((block * run.InputCount + i) * inner, inner), dx);
            }
    }

    private int Inner<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape input = run.InputShape(0);
        return input.CountOf(Axis.Resolve(axis, input.Rank + 1), input.Rank);
    }
}
