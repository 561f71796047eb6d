using System.Collections.Frozen;
using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;
using static Attune.Format.Validation.CountRange;

namespace Attune.Format.Validation;

/// <summary>
/// The forms of all kinds of layers. Source: the comments of the format and the validator of Core ML's tools.
/// </summary>
internal static class LayerForms
{
    private static readonly LayerForm OneToOne = new(Exactly(1), Exactly(1));
    private static readonly LayerForm TwoToOne = new(Exactly(2), Exactly(1));
    private static readonly LayerForm ThreeToOne = new(Exactly(3), Exactly(1));
    private static readonly LayerForm OneOrTwoToOne = new(new CountRange(1, 2), Exactly(1));
    private static readonly LayerForm NoneToOne = new(Exactly(0), Exactly(1));
    private static readonly LayerForm NoneToNone = new(Exactly(0), Exactly(0));
    private static readonly LayerForm AnyToOne = new(AtLeast(1), Exactly(1)) { IsClassic = true };
    private static readonly LayerForm Recurrent = new(new CountRange(1, 3), Exactly(3))
    {
        Ranks = Exactly(5), KeepsRank = true, IsClassic = true,
    };

    private static readonly FrozenDictionary<Kind, LayerForm> Forms = new Dictionary<Kind, LayerForm>
    {
        [Kind.Convolution] = Classic(4) with { Inputs = new CountRange(1, 2) },
        [Kind.Pooling] = Classic(4),
        [Kind.Activation] = OneToOne with { IsClassic = true },
        [Kind.InnerProduct] = Classic(1) with { Ranks = new CountRange(1, 5) },
        [Kind.Embedding] = Classic(4),
        [Kind.Batchnorm] = Classic(3),
        [Kind.Mvn] = Classic(3),
        [Kind.L2Normalize] = Classic(3),
        [Kind.Softmax] = Classic(3),
        [Kind.Lrn] = Classic(3),
        [Kind.Crop] = Classic(3) with { Inputs = new CountRange(1, 2), InputsAlike = true },
        [Kind.Padding] = Classic(2),
        [Kind.Upsample] = Classic(3),
        [Kind.ResizeBilinear] = Classic(3),
        [Kind.CropResize] = Classic(5) with { Inputs = Exactly(2), InputsAlike = true },
        [Kind.Unary] = OneToOne with { KeepsRank = true, IsClassic = true },
        [Kind.Add] = AnyToOne,
        [Kind.Multiply] = AnyToOne,
        [Kind.Average] = AnyToOne,
        [Kind.Max] = AnyToOne,
        [Kind.Min] = AnyToOne,
        [Kind.Scale] = Classic(3),
        [Kind.Bias] = Classic(3),
        [Kind.Dot] = Classic(3) with { Inputs = Exactly(2), InputsAlike = true },
        [Kind.Reduce] = OneToOne with { KeepsRank = true, IsClassic = true },
        [Kind.LoadConstant] = NoneToOne with { Ranks = Exactly(5), IsClassic = true },
        [Kind.Reshape] = Classic(5) with { Ranks = Exactly(5) },
        [Kind.Flatten] = Classic(3),
        [Kind.Permute] = Classic(5) with { Ranks = Exactly(5) },
        [Kind.Concat] = Classic(3) with { Inputs = AtLeast(2), InputsAlike = true },
        [Kind.Split] = Classic(3) with { Outputs = AtLeast(2), OutputsAlike = true },
        [Kind.SequenceRepeat] = Classic(5),
        [Kind.ReorganizeData] = Classic(3),
        [Kind.Slice] = OneToOne with { KeepsRank = true, IsClassic = true },
        [Kind.SimpleRecurrent] = Recurrent with { Inputs = Exactly(2), Outputs = Exactly(2) },
        [Kind.Gru] = Recurrent with { Inputs = new CountRange(1, 2), Outputs = Exactly(2) },
        [Kind.UniDirectionalLSTM] = Recurrent,
        [Kind.BiDirectionalLSTM] = Recurrent with { Inputs = new CountRange(1, 5), Outputs = Exactly(5) },
        [Kind.Custom] = new LayerForm(AtLeast(1), AtLeast(1)) { IsClassic = true },

        [Kind.Copy] = OneToOne,
        [Kind.Branch] = new LayerForm(Exactly(1), Exactly(0)),
        [Kind.Loop] = new LayerForm(new CountRange(0, 1), Exactly(0)),
        [Kind.LoopBreak] = NoneToNone,
        [Kind.LoopContinue] = NoneToNone,

        [Kind.RangeStatic] = NoneToOne,
        [Kind.RangeDynamic] = new LayerForm(new CountRange(0, 3), Exactly(1)),
        [Kind.Clip] = OneToOne,
        [Kind.Ceil] = OneToOne,
        [Kind.Floor] = OneToOne,
        [Kind.Sign] = OneToOne,
        [Kind.Round] = OneToOne,
        [Kind.Exp2] = OneToOne,
        [Kind.Sin] = OneToOne,
        [Kind.Cos] = OneToOne,
        [Kind.Tan] = OneToOne,
        [Kind.Asin] = OneToOne,
        [Kind.Acos] = OneToOne,
        [Kind.Atan] = OneToOne,
        [Kind.Sinh] = OneToOne,
        [Kind.Cosh] = OneToOne,
        [Kind.Tanh] = OneToOne,
        [Kind.Asinh] = OneToOne,
        [Kind.Acosh] = OneToOne,
        [Kind.Atanh] = OneToOne,
        [Kind.Erf] = OneToOne,
        [Kind.Gelu] = OneToOne,
        [Kind.ClampedReLU] = OneToOne,

        [Kind.Equal] = OneOrTwoToOne,
        [Kind.NotEqual] = OneOrTwoToOne,
        [Kind.LessThan] = OneOrTwoToOne,
        [Kind.LessEqual] = OneOrTwoToOne,
        [Kind.GreaterThan] = OneOrTwoToOne,
        [Kind.GreaterEqual] = OneOrTwoToOne,
        [Kind.LogicalOr] = TwoToOne,
        [Kind.LogicalXor] = TwoToOne,
        [Kind.LogicalAnd] = TwoToOne,
        [Kind.LogicalNot] = OneToOne,
        [Kind.ModBroadcastable] = TwoToOne,
        [Kind.MinBroadcastable] = TwoToOne,
        [Kind.MaxBroadcastable] = TwoToOne,
        [Kind.AddBroadcastable] = TwoToOne,
        [Kind.PowBroadcastable] = TwoToOne,
        [Kind.DivideBroadcastable] = TwoToOne,
        [Kind.FloorDivBroadcastable] = TwoToOne,
        [Kind.MultiplyBroadcastable] = TwoToOne,
        [Kind.SubtractBroadcastable] = TwoToOne,
        [Kind.WhereBroadcastable] = ThreeToOne,

        [Kind.Tile] = OneOrTwoToOne,
        [Kind.Stack] = new LayerForm(AtLeast(2), Exactly(1)),
        [Kind.Gather] = TwoToOne,
        [Kind.GatherND] = TwoToOne,
        [Kind.GatherAlongAxis] = TwoToOne,
        [Kind.Scatter] = ThreeToOne,
        [Kind.ScatterND] = ThreeToOne,
        [Kind.ScatterAlongAxis] = ThreeToOne,
        [Kind.SoftmaxND] = OneToOne,
        [Kind.Reverse] = OneToOne,
        [Kind.ReverseSeq] = TwoToOne,
        [Kind.SplitND] = new LayerForm(Exactly(1), AtLeast(2)),
        [Kind.ConcatND] = new LayerForm(AtLeast(2), Exactly(1)),
        [Kind.Transpose] = OneToOne,
        [Kind.SliceStatic] = OneToOne,
        [Kind.SliceDynamic] = new LayerForm(new CountRange(2, 7), Exactly(1)),
        [Kind.SliceBySize] = TwoToOne,
        [Kind.SlidingWindows] = OneToOne,
        [Kind.TopK] = new LayerForm(new CountRange(1, 2), Exactly(2)) { KeepsRank = true, OutputsAlike = true },
        [Kind.ArgMin] = OneToOne,
        [Kind.ArgMax] = OneToOne,
        [Kind.ArgSort] = OneToOne with { KeepsRank = true },
        [Kind.EmbeddingND] = OneToOne with { Ranks = new CountRange(2, 5), KeepsRank = true },
        [Kind.BatchedMatmul] = OneOrTwoToOne,
        [Kind.GetShape] = OneToOne,
        [Kind.LoadConstantND] = NoneToOne,
        [Kind.FillLike] = OneToOne,
        [Kind.FillStatic] = NoneToOne,
        [Kind.FillDynamic] = OneToOne,
        [Kind.BroadcastToLike] = TwoToOne,
        [Kind.BroadcastToStatic] = OneToOne,
        [Kind.BroadcastToDynamic] = TwoToOne,
        [Kind.Squeeze] = OneToOne,
        [Kind.ExpandDims] = OneToOne,
        [Kind.FlattenTo2D] = OneToOne,
        [Kind.ReshapeLike] = TwoToOne,
        [Kind.ReshapeStatic] = OneToOne,
        [Kind.ReshapeDynamic] = TwoToOne,
        [Kind.RankPreservingReshape] = OneToOne,
        [Kind.ConstantPad] = OneOrTwoToOne with { KeepsRank = true },

        [Kind.RandomNormalLike] = OneToOne,
        [Kind.RandomNormalStatic] = NoneToOne,
        [Kind.RandomNormalDynamic] = OneToOne,
        [Kind.RandomUniformLike] = OneToOne,
        [Kind.RandomUniformStatic] = NoneToOne,
        [Kind.RandomUniformDynamic] = OneToOne,
        [Kind.RandomBernoulliLike] = OneToOne,
        [Kind.RandomBernoulliStatic] = NoneToOne,
        [Kind.RandomBernoulliDynamic] = OneToOne,
        [Kind.CategoricalDistribution] = OneToOne,

        [Kind.ReduceL1] = OneToOne,
        [Kind.ReduceL2] = OneToOne,
        [Kind.ReduceMax] = OneToOne,
        [Kind.ReduceMin] = OneToOne,
        [Kind.ReduceSum] = OneToOne,
        [Kind.ReduceProd] = OneToOne,
        [Kind.ReduceMean] = OneToOne,
        [Kind.ReduceLogSum] = OneToOne,
        [Kind.ReduceSumSquare] = OneToOne,
        [Kind.ReduceLogSumExp] = OneToOne,
        [Kind.WhereNonZero] = OneToOne,
        [Kind.MatrixBandPart] = OneToOne,
        [Kind.LowerTriangular] = OneToOne,
        [Kind.UpperTriangular] = OneToOne,
        [Kind.LayerNormalization] = OneToOne,
        [Kind.NonMaximumSuppression] = new LayerForm(new CountRange(2, 5), Exactly(4)),
        [Kind.OneHot] = OneOrTwoToOne,
        [Kind.CumSum] = OneOrTwoToOne,
        [Kind.Pooling3D] = OneToOne with { Ranks = AtLeast(5), KeepsRank = true },
        [Kind.GlobalPooling3D] = OneToOne with { Ranks = AtLeast(5), KeepsRank = true },
        [Kind.Convolution3D] = OneToOne with { Ranks = AtLeast(5), KeepsRank = true },
    }.ToFrozenDictionary();

    /// <summary>The form of a kind; null if it is none that is known.</summary>
    public static LayerForm? Of(Kind kind) => Forms.GetValueOrDefault(kind);

    private static LayerForm Classic(int leastRank) => new(Exactly(1), Exactly(1))
    {
        Ranks = AtLeast(leastRank), KeepsRank = true, IsClassic = true,
    };
}
