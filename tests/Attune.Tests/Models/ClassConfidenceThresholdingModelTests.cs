using Attune.Format.Specification;

namespace Attune.Tests.Models;

public sealed class ClassConfidenceThresholdingModelTests
{
    [Fact]
    public void Confidences_go_through_as_they_come()
    {
        MLModel model = TestModels.Load(Thresholds(Curve(0.5f)));
        var confidences = MLFeatureValue.FromDictionary(new Dictionary<string, double> { ["a"] = 0.25, ["b"] = 0.75 });

        Assert.Equal(
            confidences, model.Prediction(TestModels.Sample(("in", confidences))).GetFeatureValue("out"));
    }

    [Fact]
    public void Curves_of_unequal_columns_or_impossible_numbers_are_refused_at_loading()
    {
        Assert.Equal("precisionRecallCurves", TabularModels.Refusal(Thresholds()).Location);
        foreach (float wrong in new[] { float.NaN, float.PositiveInfinity, -0.1f })
            Assert.Equal(
                "precisionRecallCurves[1]", TabularModels.Refusal(Thresholds(Curve(0.5f), Curve(wrong))).Location);
        PrecisionRecallCurve uneven = Curve(0.5f);
        uneven.RecallValues.Vector.Add(1);
        Assert.Equal("precisionRecallCurves[0]", TabularModels.Refusal(Thresholds(uneven)).Location);
        Assert.Equal(
            "precisionRecallCurves[0]", TabularModels.Refusal(Thresholds(new PrecisionRecallCurve())).Location);
    }

    private static Model Thresholds(params PrecisionRecallCurve[] curves) => TabularModels.Model(
        model => model.ClassConfidenceThresholding = new() { PrecisionRecallCurves = { curves } },
        [TabularModels.TextKeys("in")],
        [TabularModels.TextKeys("out")]);

    private static PrecisionRecallCurve Curve(float number) => new()
    {
        PrecisionValues = new() { Vector = { number } }, PrecisionConfidenceThresholds = new() { Vector = { 0.1f } },
        RecallValues = new() { Vector = { 0.9f } }, RecallConfidenceThresholds = new() { Vector = { 0.2f } },
    };
}
