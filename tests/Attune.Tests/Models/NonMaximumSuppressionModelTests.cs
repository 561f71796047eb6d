using Attune.Format.Specification;

namespace Attune.Tests.Models;

public sealed class NonMaximumSuppressionModelTests
{
    // Boxes of 2×2. Number 1 overlaps number 0 by 1.5·2 / (4 + 4 − 3) = 0.6; number 2 stands apart; number 3 is
    // number 0 again, and best of another class.
    private static readonly double[] Boxes = [0, 0, 2, 2, 0.5, 0, 2, 2, 9, 9, 2, 2, 0, 0, 2, 2];
    private static readonly double[] Confidences = [0.7, 0.1, 0.9, 0, 0.3, 0.2, 0.1, 0.8];

    [Fact]
    public void The_best_of_boxes_that_overlap_stays()
    {
        Assert.Equal([0.9, 0, 0.3, 0.2], Predict(Nms(perClass: false)).Confidences);
        Assert.Equal([0.5, 0, 2, 2, 9, 9, 2, 2], Predict(Nms(perClass: false)).Boxes);
    }

    [Fact]
    public void Per_class_only_boxes_of_one_class_drop_each_other()
    {
        Assert.Equal([0.9, 0, 0.1, 0.8, 0.3, 0.2], Predict(Nms(perClass: true)).Confidences);
    }

    [Fact]
    public void An_overlap_equal_to_the_threshold_is_no_reason_to_drop()
    {
        Model model = Nms(perClass: true);
        model.NonMaximumSuppression.IouThreshold = 3 / 5.0;

        Assert.Equal([0.9, 0, 0.1, 0.8, 0.7, 0.1, 0.3, 0.2], Predict(model).Confidences);
    }

    [Fact]
    public void Boxes_below_the_confidence_threshold_are_dropped()
    {
        Model model = Nms(perClass: true);
        model.NonMaximumSuppression.ConfidenceThreshold = 0.8;

        Assert.Equal([0.9, 0, 0.1, 0.8], Predict(model).Confidences);
    }

    [Fact]
    public void Thresholds_may_be_inputs()
    {
        Model model = Nms(perClass: false);
        model.NonMaximumSuppression.IouThresholdInputFeatureName = "iou";
        model.NonMaximumSuppression.ConfidenceThresholdInputFeatureName = "least";
        model.Description.Input.Add(TabularModels.Optional(TabularModels.Double("iou")));
        model.Description.Input.Add(TabularModels.Optional(TabularModels.Double("least")));

        Assert.Equal([0.9, 0, 0.3, 0.2], Predict(model).Confidences);
        Assert.Equal([0.9, 0, 0.1, 0.8, 0.7, 0.1], Predict(model, ("iou", 1.0), ("least", 0.5)).Confidences);
        Assert.Throws<MLFeatureException>(() => Predict(model, ("iou", 1.5)));
        Assert.Throws<MLFeatureException>(() => Predict(model, ("least", -1.0)));
    }

    [Fact]
    public void A_declared_number_of_rows_is_kept_by_cutting_and_by_zeros()
    {
        Model three = Nms(perClass: false);
        three.Description.Output[0] = TabularModels.Array("c", 3, 2);
        Model one = Nms(perClass: false);
        one.Description.Output[1] = TabularModels.Array("b", 1, 4);
        Model range = Nms(perClass: false);
        range.Description.Output[0].Type.MultiArrayType.ShapeRange = new()
        {
            SizeRanges =
            {
                new SizeRange { LowerBound = 3, UpperBound = 5 }, new SizeRange { LowerBound = 2, UpperBound = 2 },
            },
        };

        Assert.Equal([0.9, 0, 0.3, 0.2, 0, 0], Predict(three).Confidences);
        Assert.Equal(12, Predict(three).Boxes.Length);
        Assert.Equal([0.9, 0], Predict(one).Confidences);
        Assert.Equal([0.5, 0, 2, 2], Predict(one).Boxes);
        Assert.Equal([0.9, 0, 0.3, 0.2, 0, 0], Predict(range).Confidences);
    }

    [Fact]
    public void Thresholds_and_names_of_the_file_are_checked()
    {
        Model model = Nms(perClass: false);
        model.NonMaximumSuppression.IouThreshold = 1.5;
        Assert.Equal("iouThreshold", TabularModels.Refusal(model).Location);
        model = Nms(perClass: false);
        model.NonMaximumSuppression.ConfidenceThreshold = double.NaN;
        Assert.Equal("confidenceThreshold", TabularModels.Refusal(model).Location);
        model = Nms(perClass: false);
        model.NonMaximumSuppression.ConfidenceInputFeatureName = "other";
        Assert.Equal("other", TabularModels.Refusal(model).Location);
        model = Nms(perClass: false);
        model.Description.Output[0] = TabularModels.Array("c", long.MaxValue >> 33, 2);
        Assert.Equal("description", TabularModels.Refusal(model).Location);
    }

    [Fact]
    public void Boxes_and_confidences_have_to_be_as_many()
    {
        MLModel model = TestModels.Load(Nms(perClass: false));

        Assert.Equal("boxes", Assert.Throws<MLFeatureException>(() => model.Prediction(TestModels.Sample(
            ("confidence", Table(Confidences, 4, 2)), ("boxes", Table(Boxes[..8], 2, 4))))).FeatureName);
        Assert.Equal("boxes", Assert.Throws<MLFeatureException>(() => model.Prediction(TestModels.Sample(
            ("confidence", Table(Confidences, 4, 2)), ("boxes", Table(Boxes, 2, 8))))).FeatureName);
    }

    private static Model Nms(bool perClass) => TabularModels.Model(
        model => model.NonMaximumSuppression = new()
        {
            PickTop = new() { PerClass = perClass }, IouThreshold = 0.5, ConfidenceInputFeatureName = "confidence",
            CoordinatesInputFeatureName = "boxes", ConfidenceOutputFeatureName = "c",
            CoordinatesOutputFeatureName = "b",
        },
        [TabularModels.Array("confidence"), TabularModels.Array("boxes")],
        [TabularModels.Array("c"), TabularModels.Array("b")]);

    private static (double[] Confidences, double[] Boxes) Predict(
        Model model, params (string, MLFeatureValue)[] thresholds)
    {
        IMLFeatureProvider output = TestModels.Load(model).Prediction(TestModels.Sample(
            [("confidence", Table(Confidences, 4, 2)), ("boxes", Table(Boxes, 4, 4)), .. thresholds]));
        return (TabularModels.Elements(output, "c"), TabularModels.Elements(output, "b"));
    }

    private static MLFeatureValue Table(double[] numbers, params int[] shape) =>
        MLFeatureValue.FromMultiArray(new MLMultiArray(numbers.AsMemory(), shape));
}
