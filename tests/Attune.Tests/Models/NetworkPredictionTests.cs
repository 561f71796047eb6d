namespace Attune.Tests.Models;

/// <summary>What predictions of a network allocate and return.</summary>
public class NetworkPredictionTests
{
    [Fact]
    public void With_backings_for_all_outputs_nothing_is_allocated()
    {
        MLModel model = TestModels.Load(TestModels.Line());
        IMLFeatureProvider point = Point(3);
        var backing = new MLMultiArray([1], MLMultiArrayDataType.Float32);
        var options = new MLPredictionOptions { OutputBackings = { ["y"] = backing } };

        Assert.Equal(0, Allocations.Of(() => model.Prediction(point, options)));

        Assert.Equal(7, backing[0]); // 2·3 + 1
    }

    [Fact]
    public void Without_backings_only_what_is_returned_is_allocated()
    {
        MLModel model = TestModels.Load(TestModels.Line());
        IMLFeatureProvider point = Point(3);

        long allocated = Allocations.Of(() => model.Prediction(point), warmUp: 3);

        // one provider, its list of values, one value, one array of one element with its shape and strides
        Assert.InRange(allocated, 1, 600);
    }

    [Fact]
    public void The_same_backings_return_the_same_provider_and_others_do_not()
    {
        MLModel model = TestModels.Load(TestModels.Line());
        var options = new MLPredictionOptions
        {
            OutputBackings = { ["y"] = new MLMultiArray([1], MLMultiArrayDataType.Float32) },
        };

        IMLFeatureProvider first = model.Prediction(Point(3), options);
        IMLFeatureProvider second = model.Prediction(Point(4), options);
        options.OutputBackings["y"] = new MLMultiArray([1], MLMultiArrayDataType.Double);
        IMLFeatureProvider third = model.Prediction(Point(5), options);
        IMLFeatureProvider ofAnotherModel = TestModels.Load(TestModels.Line()).Prediction(Point(5), options);

        Assert.Same(first, second);
        Assert.NotSame(second, third);
        Assert.NotSame(third, ofAnotherModel);
        Assert.Same(options.OutputBackings["y"], third.GetFeatureValue("y")!.MultiArrayValue);
        Assert.Equal(9, second.GetFeatureValue("y")!.MultiArrayValue![0]); // 2·4 + 1, where the first one was
        Assert.Equal(11, third.GetFeatureValue("y")!.MultiArrayValue![0]);
    }

    [Fact]
    public void Predictions_without_backings_are_independent()
    {
        MLModel model = TestModels.Load(TestModels.Line());

        IMLFeatureProvider first = model.Prediction(Point(3)), second = model.Prediction(Point(4));

        Assert.Equal(7, first.GetFeatureValue("y")!.MultiArrayValue![0]);
        Assert.Equal(9, second.GetFeatureValue("y")!.MultiArrayValue![0]);
        Assert.Equal(["y"], first.FeatureNames);
        Assert.Null(first.GetFeatureValue("z"));
        Assert.Throws<ArgumentNullException>(() => first.GetFeatureValue(null!));
    }

    private static IMLFeatureProvider Point(float x) => TestModels.Sample(("x", TestModels.Tensor([x], 1)));
}
