using System.Diagnostics;
using System.Diagnostics.Tracing;

namespace Attune.Tests.Runtime;

[Collection(nameof(Observing))]
public sealed class ObservedPredictionTests
{
    private readonly MLModel model = TestModels.Load(
        TestModels.Line(), new MLModelConfiguration { ModelDisplayName = "line", MaxThreads = 1 });

    [Fact]
    public void A_prediction_is_an_activity_two_measurements_and_an_event()
    {
        using var seen = new Observer();

        model.Prediction(Point(3));

        Activity activity = Assert.Single(seen.Activities);
        Assert.Equal("attune.prediction", activity.OperationName);
        Assert.Equal(
            "attune.model.name=line attune.prediction.kind=single attune.sample.count=1",
            Observer.Text(activity.TagObjects));
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        const string Tags = "attune.model.name=line attune.prediction.kind=single";
        Assert.Equal(
            [new("attune.predictions", 1, Tags)], seen.Of("attune.predictions"));
        Observer.Measurement duration = Assert.Single(seen.Of("attune.prediction.duration"));
        Assert.Equal(Tags, duration.Tags);
        Assert.InRange(duration.Value, 1e-9, 10);
        EventWrittenEventArgs written = Assert.Single(seen.Events);
        Assert.Equal(("Predicted", EventLevel.Verbose), (written.EventName, written.Level));
        Assert.Equal(["line", 1], written.Payload!.Take(2));
    }

    [Fact]
    public void A_batch_is_one_activity_and_as_many_predictions_as_it_has_members()
    {
        using var seen = new Observer();

        model.Predictions(new MLArrayBatchProvider([Point(1), Point(2), Point(3)]));

        Assert.Equal(3, Assert.Single(seen.Activities).GetTagItem("attune.sample.count"));
        Assert.Equal(
            [new("attune.predictions", 3, "attune.model.name=line attune.prediction.kind=batch")],
            seen.Of("attune.predictions"));
        Assert.Single(seen.Of("attune.prediction.duration"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_prediction_that_fails_says_why_and_is_not_counted(bool isBatch)
    {
        IMLFeatureProvider nothing = TestModels.Sample();
        using var seen = new Observer();

        var thrown = Assert.Throws<MLFeatureException>((Action)(() =>
        {
            if (isBatch)
                model.Predictions(new MLArrayBatchProvider([nothing]));
            else
                model.Prediction(nothing);
        }));

        Activity activity = Assert.Single(seen.Activities);
        Assert.Equal((ActivityStatusCode.Error, thrown.Message), (activity.Status, activity.StatusDescription));
        Assert.Equal("Attune.MLFeatureException", activity.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(activity.Events).Name);
        Assert.Empty(seen.Of("attune.predictions"));
        Assert.Contains(
            "error.type=Attune.MLFeatureException",
            Assert.Single(seen.Of("attune.prediction.duration")).Tags, StringComparison.Ordinal);
        EventWrittenEventArgs written = Assert.Single(seen.Events);
        Assert.Equal(("NotPredicted", EventLevel.Warning), (written.EventName, written.Level));
        Assert.Equal(["line", "Attune.MLFeatureException", thrown.Message], written.Payload!);
    }

    [Fact]
    public void A_prediction_is_part_of_what_the_program_does()
    {
        using var seen = new Observer();
        using var request = new Activity("request").Start();

        model.Prediction(Point(3));

        Assert.Equal(request.SpanId, Assert.Single(seen.Activities).ParentSpanId);
    }

    [Fact]
    public void A_model_without_a_name_is_observed_without_one()
    {
        MLModel nameless = TestModels.Load(TestModels.Line());
        using var seen = new Observer();

        nameless.Prediction(Point(3));

        Assert.Equal("attune.prediction.kind=single", Assert.Single(seen.Of("attune.predictions")).Tags);
        Assert.Equal("", Assert.Single(seen.Events).Payload![0]);
    }

    [Fact]
    public void A_prediction_allocates_nothing_for_observers_that_are_not_there()
    {
        IMLFeatureProvider input = Point(3);
        long Through() => Allocated(() => model.Prediction(input));
        long bare = Allocated(() => model.Implementation.Predict(input, options: null));

        long before = Through();
        long observed;
        using (new Observer())
            observed = Through();
        long after = Through();

        Assert.Equal(bare, before);
        Assert.InRange(observed, bare + 1, long.MaxValue);
        Assert.Equal(bare, after);
    }

    [Fact]
    public void A_batch_allocates_only_its_result_for_observers_that_are_not_there()
    {
        var batch = new MLArrayBatchProvider([Point(1), Point(2)]);

        long bare = Allocated(
            () => new MLArrayBatchProvider(model.Implementation.PredictBatch(batch, first: 0, count: 2)));

        Assert.Equal(bare, Allocated(() => model.Predictions(batch)));
    }

    private static long Allocated(Func<object> predict) => Allocations.Of(() => predict(), warmUp: 20);

    private static IMLFeatureProvider Point(float x) => TestModels.Sample(("x", TestModels.Tensor([x], 1)));
}
