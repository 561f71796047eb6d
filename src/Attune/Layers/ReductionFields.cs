using Attune.Format.Specification;
using Google.Protobuf.Collections;
using Field = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;
using Mode = Attune.Format.Specification.ReduceLayerParams.Types.ReduceOperation;
using ReduceAxis = Attune.Format.Specification.ReduceLayerParams.Types.ReduceAxis;

namespace Attune.Layers;

/// <summary>Reads the file's eleven kinds of reductions.</summary>
internal static class ReductionFields
{
    private const float DefaultEpsilon = 1e-6f;

    public static Reduction Read(LayerSource source)
    {
        NeuralNetworkLayer layer = source.Specification;
        return layer.LayerCase switch
        {
            Field.ReduceSum => Of(
                source, ReductionKind.Sum, layer.ReduceSum.Axes, layer.ReduceSum.KeepDims, layer.ReduceSum.ReduceAll),
            Field.ReduceMean => Of(
                source, ReductionKind.Mean, layer.ReduceMean.Axes, layer.ReduceMean.KeepDims,
                layer.ReduceMean.ReduceAll),
            Field.ReduceProd => Of(
                source, ReductionKind.Product, layer.ReduceProd.Axes, layer.ReduceProd.KeepDims,
                layer.ReduceProd.ReduceAll),
            Field.ReduceLogSum => Of(
                source, ReductionKind.LogSum, layer.ReduceLogSum.Axes, layer.ReduceLogSum.KeepDims,
                layer.ReduceLogSum.ReduceAll),
            Field.ReduceSumSquare => Of(
                source, ReductionKind.SumSquare, layer.ReduceSumSquare.Axes, layer.ReduceSumSquare.KeepDims,
                layer.ReduceSumSquare.ReduceAll),
            Field.ReduceL1 => Of(
                source, ReductionKind.L1, layer.ReduceL1.Axes, layer.ReduceL1.KeepDims, layer.ReduceL1.ReduceAll),
            Field.ReduceL2 => Of(
                source, ReductionKind.L2, layer.ReduceL2.Axes, layer.ReduceL2.KeepDims, layer.ReduceL2.ReduceAll),
            Field.ReduceMax => Of(
                source, ReductionKind.Max, layer.ReduceMax.Axes, layer.ReduceMax.KeepDims, layer.ReduceMax.ReduceAll),
            Field.ReduceMin => Of(
                source, ReductionKind.Min, layer.ReduceMin.Axes, layer.ReduceMin.KeepDims, layer.ReduceMin.ReduceAll),
            Field.ReduceLogSumExp => Of(
                source, ReductionKind.LogSumExp, layer.ReduceLogSumExp.Axes, layer.ReduceLogSumExp.KeepDims,
                layer.ReduceLogSumExp.ReduceAll),
            _ => Older(source, layer.Reduce),
        };
    }

    private static Reduction Of(
        LayerSource source, ReductionKind function, RepeatedField<long> axes, bool keeps, bool all) =>
        new(source.Name, source.Kind, function, keeps, epsilon: 0, all ? [] : [.. axes]);

    private static Reduction Older(LayerSource source, ReduceLayerParams fields)
    {
        source.RequireKnown("axis", fields.Axis);
        long[] axes = fields.Axis switch
        {
            ReduceAxis.Chw => [-3, -2, -1],
            ReduceAxis.Hw => [-2, -1],
            ReduceAxis.C => [-3],
            ReduceAxis.H => [-2],
            _ => [-1],
        };
        ReductionKind function = fields.Mode switch
        {
            Mode.Sum => ReductionKind.Sum,
            Mode.Avg => ReductionKind.Mean,
            Mode.Prod => ReductionKind.Product,
            Mode.Logsum => ReductionKind.LogSum,
            Mode.Sumsquare => ReductionKind.SumSquare,
            Mode.L1 => ReductionKind.L1,
            Mode.L2 => ReductionKind.L2,
            Mode.Max => ReductionKind.Max,
            Mode.Min => ReductionKind.Min,
            _ => throw source.Unsupported($"has the mode {fields.Mode}, which is not supported."),
        };
        return new Reduction(
            source.Name,
            source.Kind,
            function,
            keeps: true,
            fields.Epsilon == 0 ? DefaultEpsilon : fields.Epsilon,
            axes);
    }
}
