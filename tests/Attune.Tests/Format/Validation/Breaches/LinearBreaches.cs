using Attune.Format.Specification;
using Element = Attune.Format.Specification.ArrayFeatureType.Types.ArrayDataType;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on generalised linear models.</summary>
internal static class LinearBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new("linear.offsets", Models.LinearRegressor, model => model.GlmRegressor.Offset.Add(1)),
        new(
            "linear.rows",
            Models.LinearRegressor,
            model =>
            {
                model.GlmRegressor.Weights.Add(new GLMRegressor.Types.DoubleArray { Value = { 1, 2 } });
                model.GlmRegressor.Offset.Add(0);
            }),
        new(
            "linear.classes",
            Models.LinearClassifier,
            model => model.GlmClassifier.StringClassLabels.Vector.Add("c")),
        new(
            "linear.transform",
            Models.LinearClassifier,
            model => model.GlmClassifier.PostEvaluationTransform = (GLMClassifier.Types.PostEvaluationTransform)2),
        new(
            "probit.inputs",
            () => Models.Of(
                Of("x", new() { MultiArrayType = new() { Shape = { 1 }, DataType = Element.Int32 } }),
                Number("y"),
                model => model.BayesianProbitRegressor = new()),
            model => model.Description.Input[0].Type.MultiArrayType.DataType = Element.Float32),
    ];
}
