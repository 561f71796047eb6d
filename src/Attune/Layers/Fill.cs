using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>fillStatic</c> and <c>fillLike</c>: one number everywhere.</summary>
/// <remarks>Shapes: y is of the file's shape, or of that of the input of <c>fillLike</c>.</remarks>
internal sealed class Fill(string name, string kind, float value, Shape? shape) : Layer(name, kind)
{
    public override LayerArity Arity => shape is null ? LayerArity.OneToOne : new(0, 0, 1, 1);

    public static Fill Read(LayerSource source)
    {
        if (source.Specification.FillLike is { } like)
            return new Fill(source.Name, source.Kind, like.Value, null);
        FillStaticLayerParams fields = source.Specification.FillStatic;
        int[] sizes = [.. fields.TargetShape.Select(size => source.Amount("size", size))];
        return Shape.TryOf(sizes, out Shape? shape)
            ? new Fill(source.Name, source.Kind, fields.Value, shape)
            : throw source.Refuse("a target shape that fits memory", $"[{string.Join('×', sizes)}]");
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [shape ?? inputs[0]];

    public override void Forward<T>(LayerRun<T> run) => run.Output(0).Fill(T.CreateTruncating(value));
}
