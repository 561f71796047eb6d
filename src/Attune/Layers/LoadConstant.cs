using System.Numerics.Tensors;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Layers;

/// <summary>Core ML's <c>loadConstant</c> and <c>loadConstantND</c>: numbers from the file, the same for every
/// sample.</summary>
/// <remarks>Shapes: no input; y is [1×1×C×H×W], or of <c>loadConstantND</c> the file's shape.</remarks>
internal sealed class LoadConstant(string name, string kind, Parameter data, Shape shape) : Layer(name, kind, data)
{
    // More than any model has; a file may not make shapes that are all rank.
    private const int MostAxes = 32;

    public override LayerArity Arity => new(0, 0, 1, 1);

    public override bool HasGradient => true;

    public static LoadConstant Read(LayerSource source)
    {
        if (source.Specification.LoadConstant is { } image)
        {
            if (image.Shape.Count != 3)
                throw source.Refuse("a shape of three sizes (channels, height, width)", $"{image.Shape.Count}");
            return Of(source, image.Data, [1, 1, .. image.Shape]);
        }
        LoadConstantNDLayerParams fields = source.Specification.LoadConstantND;
        return Of(source, fields.Data, [.. fields.Shape]);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [shape];

    public override void Forward<T>(LayerRun<T> run)
    {
        for (int sample = 0; sample < run.Batch; sample++)
            run.Parameter(0).CopyTo(run.Output(0)[(sample * shape.Count)..]);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        Span<T> gradient = run.ParameterGradient(0);
        for (int sample = 0; sample < run.Batch; sample++)
            TensorPrimitives.Add(gradient, run.OutputGradient(0).Slice(sample * shape.Count, shape.Count), gradient);
    }

    private static LoadConstant Of(LayerSource source, WeightParams data, ulong[] sizes)
    {
        if (sizes.Length > MostAxes)
            throw source.Refuse($"a shape of up to {MostAxes} sizes", $"{sizes.Length}");
        Parameter parameter = source.Parameter(
            "data", data, [.. sizes.Select(size => (long)source.Amount("size", size))]);
        return new LoadConstant(source.Name, source.Kind, parameter, parameter.Shape);
    }
}
