using System.Collections.Frozen;
using Attune.Format.Specification;
using Attune.Graph;
using Field = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Layers;

/// <summary>
/// Every layer type that runs, by the field of the file that holds it. A test checks that each class of this
/// folder is here; adding a layer adds its line.
/// </summary>
internal static class LayerCatalogue
{
    private static readonly FrozenDictionary<Field, Func<LayerSource, Layer>> Readers =
        new Dictionary<Field, Func<LayerSource, Layer>>
        {
            [Field.Activation] = Activation.Read,
            [Field.Add] = Add.Read,
            [Field.AddBroadcastable] = Add.Read,
            [Field.Average] = Average.Read,
            [Field.BatchedMatmul] = BatchedMatmul.Read,
            [Field.Batchnorm] = BatchNorm.Read,
            [Field.Bias] = Bias.Read,
            [Field.Concat] = Concat.Read,
            [Field.ConcatND] = Concat.Read,
            [Field.Convolution] = Convolution.Read,
            [Field.DivideBroadcastable] = Divide.Read,
            [Field.ExpandDims] = ExpandDims.Read,
            [Field.Flatten] = Flatten.Read,
            [Field.FlattenTo2D] = FlattenTo2D.Read,
            [Field.InnerProduct] = InnerProduct.Read,
            [Field.LoadConstant] = LoadConstant.Read,
            [Field.LoadConstantND] = LoadConstant.Read,
            [Field.Max] = Extremum.Read,
            [Field.MaxBroadcastable] = Extremum.Read,
            [Field.Min] = Extremum.Read,
            [Field.MinBroadcastable] = Extremum.Read,
            [Field.Multiply] = Multiply.Read,
            [Field.MultiplyBroadcastable] = Multiply.Read,
            [Field.Permute] = Permute.Read,
            [Field.Pooling] = Pooling.Read,
            [Field.RankPreservingReshape] = RankPreservingReshape.Read,
            [Field.Reshape] = Reshape.Read,
            [Field.ReshapeStatic] = ReshapeStatic.Read,
            [Field.Scale] = Scale.Read,
            [Field.Softmax] = Softmax.Read,
            [Field.SoftmaxND] = Softmax.Read,
            [Field.Squeeze] = Squeeze.Read,
            [Field.SubtractBroadcastable] = Subtract.Read,
            [Field.Transpose] = Transpose.Read,
            [Field.Unary] = Unary.Read,
        }.ToFrozenDictionary();

    public static IEnumerable<Field> Supported => Readers.Keys;

    public static bool Supports(NeuralNetworkLayer layer) => Readers.ContainsKey(layer.LayerCase);

    /// <exception cref="MLModelFormatException">The layer's fields contradict each other.</exception>
    /// <exception cref="MLModelNotSupportedException">The layer's weights are stored in a way that cannot be read
    /// yet.</exception>
    public static Layer Read(LayerSource source) => Readers[source.Specification.LayerCase](source);
}
