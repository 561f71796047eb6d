using Attune.Format.Specification;

namespace Attune.Tests.Models;

public sealed class MLEvaluationTests
{
    [Fact]
    public void A_classifier_is_compared_label_by_label()
    {
        MLModel model = TestModels.Load(TestModels.SmallClassifier());
        MLArrayBatchProvider samples = TestModels.ClassifierSamples();
        IMLBatchProvider predictions = model.Predictions(samples);

        MLEvaluation evaluation = model.Evaluate(samples);

        int correct = 0;
        double loss = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            string actual = samples.GetFeatures(i).GetFeatureValue("label")!.StringValue;
            correct += actual == predictions.GetFeatures(i).GetFeatureValue("label")!.StringValue ? 1 : 0;
            loss -= Math.Log(Probability(predictions.GetFeatures(i), actual));
        }
        Assert.Equal(samples.Count, evaluation.Count);
        Assert.Equal((double)correct / samples.Count, evaluation.Accuracy);
        Assert.Equal(loss / samples.Count, evaluation.Loss, 1e-9);
        Assert.Null(evaluation.MeanAbsoluteError);
        Assert.Equal(correct, evaluation.Classes.Sum(one => one.CorrectCount));
        Assert.Equal(samples.Count, evaluation.Classes.Sum(one => one.PredictedCount));
    }

    [Fact]
    public void Classes_count_what_is_theirs_and_what_is_taken_for_them()
    {
        // Truth a a b c, predictions a b b b; d is a label that the model has and nothing is.
        var evaluation = new MLEvaluation(
            [Pair(0, "a", "a"), Pair(1, "a", "b"), Pair(2, "b", "b"), Pair(3, "c", "b")], ["d", "a"], null);

        Assert.Equal(["d", "a", "b", "c"], evaluation.Classes.Select(one => one.Label));
        Assert.Equal(new MLClassEvaluation("b", 1, 3, 1), evaluation.Classes[2]);
        Assert.Equal(1.0 / 3, evaluation.Classes[2].Precision);
        Assert.Equal(1, evaluation.Classes[2].Recall);
        // 2·(1/3·1) / (1/3 + 1)
        Assert.Equal(0.5, evaluation.Classes[2].F1);
        Assert.Equal(double.NaN, evaluation.Classes[0].Recall);
        Assert.Equal(1, evaluation.Confusion("c", "b"));
        Assert.Equal(0, evaluation.Confusion("b", "c"));
        Assert.Equal(0.5, evaluation.Accuracy);
    }

    [Fact]
    public void A_regressor_is_measured_by_its_distance()
    {
        // y = 2x + 1: 3 and 5, where 4 and 3 are right.
        MLModel model = TestModels.Load(LineRegressor());
        var samples = new MLArrayBatchProvider(
        [
            Sample(1, 4),
            Sample(2, 3),
        ]);

        MLEvaluation evaluation = model.Evaluate(samples);

        Assert.Null(evaluation.Accuracy);
        Assert.Empty(evaluation.Classes);
        Assert.Equal((1 + 4) / 2.0, evaluation.Loss, 1e-6);
        Assert.Equal((1 + 2) / 2.0, evaluation.MeanAbsoluteError!.Value, 1e-6);
        Assert.Equal(-1, (double)evaluation.Samples[0].Predicted - (double)evaluation.Samples[0].Actual, 1e-6);
    }

    [Fact]
    public void Every_sample_is_read_once_and_one_without_an_answer_is_named()
    {
        MLModel model = TestModels.Load(LineRegressor());
        var many = new Counted(600);

        Assert.Equal(600, model.Evaluate(many).Count);
        Assert.Equal(600, many.Reads);

        var nameless = new MLArrayBatchProvider(
            [Sample(1, 4), new MLDictionaryFeatureProvider { ["x"] = new MLMultiArray(new float[] { 1 }, 1) }]);
        var refusal = Assert.Throws<MLFeatureException>(() => model.Evaluate(nameless));
        Assert.Equal(1, refusal.SampleIndex);
        Assert.Equal("y", refusal.FeatureName);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_refused()
    {
        Assert.Throws<MLModelNotSupportedException>(
            () => TestModels.Load(TestModels.Line()).Evaluate(TestModels.ClassifierSamples()));
        MLModel regressor = TestModels.Load(LineRegressor());
        Assert.Throws<ArgumentException>(() => regressor.Evaluate(new MLArrayBatchProvider([])));
        Assert.Throws<OperationCanceledException>(
            () => regressor.Evaluate(new Counted(3), new CancellationToken(canceled: true)));
    }

    private static MLSampleEvaluation Pair(int index, string actual, string predicted) =>
        new(index, actual, predicted, Loss: 0);

    private static double Probability(IMLFeatureProvider output, string label) =>
        output.FeatureNames.Select(name => output.GetFeatureValue(name)!)
            .Single(value => value.Type == MLFeatureType.Dictionary).DictionaryValue[label];

    private static MLDictionaryFeatureProvider Sample(float x, double y) => new()
    {
        ["x"] = new MLMultiArray(new[] { x }, 1),
        ["y"] = y,
    };

    private static Model LineRegressor()
    {
        Model line = TestModels.Line();
        var regressor = new NeuralNetworkRegressor();
        regressor.Layers.Add(line.NeuralNetwork.Layers);
        line.NeuralNetworkRegressor = regressor;
        line.IsUpdatable = false;
        line.Description.TrainingInput.Clear();
        line.Description.PredictedFeatureName = "y";
        line.Description.Output[0].Type = new FeatureType { DoubleType = new DoubleFeatureType() };
        return line;
    }

    private sealed class Counted(int count) : IMLBatchProvider
    {
        public int Reads { get; private set; }

        public int Count => count;

        public IMLFeatureProvider GetFeatures(int index)
        {
            Reads++;
            return Sample(index, 0);
        }
    }
}
