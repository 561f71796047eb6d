using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>gather</c>: the slices of the first input along an axis, as the indices in the second name them.
/// Negative indices count from behind the last slice. No gradient passes to the indices.
/// </summary>
/// <remarks>Shapes: x is [A×S×B], with any axes for A and B, the indices are [I]; y is [A×I×B].</remarks>
internal sealed class Gather(string name, long axis) : Layer(name, "gather")
{
    public override LayerArity Arity => new(2, 2, 1, 1);

    public override bool HasGradient => true;

    public static Gather Read(LayerSource source) => new(source.Name, source.Specification.Gather.Axis);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        int along = Axis.Resolve(axis, inputs[0].Rank);
        if (along < 0)
            throw Refuse($"a first input that has axis {axis}", $"{inputs[0]}");
        ReadOnlySpan<int> sizes = inputs[0].Dimensions;
        return
        [
            Shape.TryOf([.. sizes[..along], .. inputs[1].Dimensions, .. sizes[(along + 1)..]], out Shape? shape)
                ? shape
                : throw Refuse("inputs whose result fits memory", $"{inputs[0]} and {inputs[1]}"),
        ];
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        (int outer, int size, int inner, int count) = Sizes(run);
        for (int block = 0; block < run.Batch * outer; block++)
            for (int i = 0; i < count; i++)
            {
                int index = IndexOf(run.Input(1)[block / outer * count + i], size);
                run.Input(0).Slice((block * size + index) * inner, inner).CopyTo(
                    run.Output(0)[((block * count + i) * inner)..]);
            }
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        if (!run.WantsInputGradient(0))
            return;
        (int outer, int size, int inner, int count) = Sizes(run);
        for (int block = 0; block < run.Batch * outer; block++)
            for (int i = 0; i < count; i++)
            {
                int index = IndexOf(run.Input(1)[block / outer * count + i], size);
                Span<T> dx = run.InputGradient(0).Slice((block * size + index) * inner, inner);
                TensorPrimitives.Add(
                    dx, run.OutputGradient(0).Slice((block * count + i) * inner, inner), dx);
            }
    }

    private int IndexOf<T>(T x, int size) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double index = Math.Round(double.CreateTruncating(x));
        if (index < 0)
            index += size;
        return index >= 0 && index < size
            ? (int)index
            : throw new MLFeatureException(
                $"{this} takes indices from {-size} to {size - 1}; got {x}. Check the model's inputs.");
    }

    private (int Outer, int Size, int Inner, int Count) Sizes<T>(LayerRun<T> run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape input = run.InputShape(0);
        int along = Axis.Resolve(axis, input.Rank);
        return (input.CountOf(0, along), input[along], input.CountOf(along + 1, input.Rank), run.InputShape(1).Count);
    }
}
