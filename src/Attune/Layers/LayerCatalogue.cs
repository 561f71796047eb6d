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
    private static readonly Dictionary<Field, Func<LayerSource, Layer>> Readers =
        new Dictionary<Field, Func<LayerSource, Layer>>
        {
            [Field.Acos] = MathFunction.Read,
            [Field.Acosh] = MathFunction.Read,
            [Field.Activation] = Activation.Read,
            [Field.Add] = Add.Read,
            [Field.AddBroadcastable] = Add.Read,
            [Field.ArgMax] = ArgExtremum.Read,
            [Field.ArgMin] = ArgExtremum.Read,
            [Field.Asin] = MathFunction.Read,
            [Field.Asinh] = MathFunction.Read,
            [Field.Atan] = MathFunction.Read,
            [Field.Atanh] = MathFunction.Read,
            [Field.Average] = Average.Read,
            [Field.BatchedMatmul] = BatchedMatmul.Read,
            [Field.Batchnorm] = BatchNorm.Read,
            [Field.Bias] = Bias.Read,
            [Field.BroadcastToLike] = BroadcastTo.Read,
            [Field.BroadcastToStatic] = BroadcastTo.Read,
            [Field.Ceil] = MathFunction.Read,
            [Field.ClampedReLU] = ClampedReLU.Read,
            [Field.Clip] = Clip.Read,
            [Field.Concat] = Concat.Read,
            [Field.ConcatND] = Concat.Read,
            [Field.ConstantPad] = ConstantPad.Read,
            [Field.Convolution] = Convolution.Read,
            [Field.Copy] = Copy.Read,
            [Field.Cos] = MathFunction.Read,
            [Field.Cosh] = MathFunction.Read,
            [Field.DivideBroadcastable] = Divide.Read,
            [Field.Embedding] = Embedding.Read,
            [Field.EmbeddingND] = Embedding.Read,
            [Field.Equal] = Compare.Read,
            [Field.Erf] = MathFunction.Read,
            [Field.Exp2] = MathFunction.Read,
            [Field.ExpandDims] = ExpandDims.Read,
            [Field.FillLike] = Fill.Read,
            [Field.FillStatic] = Fill.Read,
            [Field.Flatten] = Flatten.Read,
            [Field.FlattenTo2D] = FlattenTo2D.Read,
            [Field.Floor] = MathFunction.Read,
            [Field.Gather] = Gather.Read,
            [Field.Gelu] = Gelu.Read,
            [Field.GetShape] = GetShape.Read,
            [Field.GreaterEqual] = Compare.Read,
            [Field.GreaterThan] = Compare.Read,
            [Field.InnerProduct] = InnerProduct.Read,
            [Field.LessEqual] = Compare.Read,
            [Field.LessThan] = Compare.Read,
            [Field.LoadConstant] = LoadConstant.Read,
            [Field.LoadConstantND] = LoadConstant.Read,
            [Field.LogicalAnd] = Compare.Read,
            [Field.LogicalNot] = LogicalNot.Read,
            [Field.LogicalOr] = Compare.Read,
            [Field.LogicalXor] = Compare.Read,
            [Field.LowerTriangular] = BandPart.Read,
            [Field.MatrixBandPart] = BandPart.Read,
            [Field.Max] = Extremum.Read,
            [Field.MaxBroadcastable] = Extremum.Read,
            [Field.Min] = Extremum.Read,
            [Field.MinBroadcastable] = Extremum.Read,
            [Field.Multiply] = Multiply.Read,
            [Field.MultiplyBroadcastable] = Multiply.Read,
            [Field.NotEqual] = Compare.Read,
            [Field.Permute] = Permute.Read,
            [Field.Pooling] = Pooling.Read,
            [Field.RankPreservingReshape] = RankPreservingReshape.Read,
            [Field.Reduce] = Reduction.Read,
            [Field.ReduceL1] = Reduction.Read,
            [Field.ReduceL2] = Reduction.Read,
            [Field.ReduceLogSum] = Reduction.Read,
            [Field.ReduceLogSumExp] = Reduction.Read,
            [Field.ReduceMax] = Reduction.Read,
            [Field.ReduceMean] = Reduction.Read,
            [Field.ReduceMin] = Reduction.Read,
            [Field.ReduceProd] = Reduction.Read,
            [Field.ReduceSum] = Reduction.Read,
            [Field.ReduceSumSquare] = Reduction.Read,
            [Field.ReorganizeData] = ReorganizeData.Read,
            [Field.Reshape] = Reshape.Read,
            [Field.ReshapeLike] = ReshapeLike.Read,
            [Field.ReshapeStatic] = ReshapeStatic.Read,
            [Field.Reverse] = Reverse.Read,
            [Field.Round] = MathFunction.Read,
            [Field.Scale] = Scale.Read,
            [Field.SequenceRepeat] = SequenceRepeat.Read,
            [Field.Sign] = MathFunction.Read,
            [Field.Sin] = MathFunction.Read,
            [Field.Sinh] = MathFunction.Read,
            [Field.Slice] = Slice.Read,
            [Field.SliceStatic] = Slice.Read,
            [Field.SlidingWindows] = SlidingWindows.Read,
            [Field.Softmax] = Softmax.Read,
            [Field.SoftmaxND] = Softmax.Read,
            [Field.Split] = Split.Read,
            [Field.SplitND] = Split.Read,
            [Field.Squeeze] = Squeeze.Read,
            [Field.Stack] = Stack.Read,
            [Field.SubtractBroadcastable] = Subtract.Read,
            [Field.Tan] = MathFunction.Read,
            [Field.Tanh] = MathFunction.Read,
            [Field.Tile] = Tile.Read,
            [Field.Transpose] = Transpose.Read,
            [Field.Unary] = Unary.Read,
            [Field.UpperTriangular] = BandPart.Read,
            [Field.WhereBroadcastable] = Where.Read,
        };

    public static IEnumerable<Field> Supported => Readers.Keys;

    public static bool Supports(NeuralNetworkLayer layer) => Readers.ContainsKey(layer.LayerCase);

    /// <exception cref="MLModelFormatException">The layer's fields contradict each other.</exception>
    /// <exception cref="MLModelNotSupportedException">The layer asks for something that cannot run yet.</exception>
    public static Layer Read(LayerSource source) => Readers[source.Specification.LayerCase](source);
}
