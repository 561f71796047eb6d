using Attune.Format.Specification;
using Attune.Models;
using Bayes = Attune.Format.Specification.BayesianProbitRegressor;

namespace Attune.Tests.Models;

public sealed class BayesianProbitRegressorModelTests
{
    // Bias N(0.5, 1/2); feature 0 with value 3 N(1, 1/1); feature 1 with value 4 N(-0.5, 1/2):
    // for (3, 4) the mean is 1, the variance 0.5 + 1 + 0.5 = 2, √(1 + 2) = 1.7320508.
    private const double ProbitOfMean = 0.7181485691746134; // Φ(1 / √3)

    [Fact]
    public void Means_and_variances_add_up_and_the_probability_is_their_probit()
    {
        IMLFeatureProvider output = Predict(Regressor(), [3, 4]);

        Assert.Equal(1, output.GetFeatureValue("mean")!.DoubleValue);
        Assert.Equal(2, output.GetFeatureValue("variance")!.DoubleValue);
        Assert.Equal(ProbitOfMean, output.GetFeatureValue("p")!.DoubleValue, 1e-14);
    }

    [Fact]
    public void A_value_that_is_not_known_adds_nothing()
    {
        IMLFeatureProvider output = Predict(Regressor(), [99, 4]);

        Assert.Equal(0, output.GetFeatureValue("mean")!.DoubleValue);
        Assert.Equal(1, output.GetFeatureValue("variance")!.DoubleValue);
        Assert.Equal(0.5, output.GetFeatureValue("p")!.DoubleValue);
    }

    [Fact]
    public void A_table_names_features_and_values()
    {
        Model model = Regressor();
        model.Description.Input[0] = TabularModels.Array("x");
        var table = new MLMultiArray(new double[] { 1, 4 }.AsMemory(), 1, 2);

        IMLFeatureProvider output = TestModels.Load(model).Prediction(TestModels.Sample(("x", table)));

        Assert.Equal(0, output.GetFeatureValue("mean")!.DoubleValue); // 0.5 − 0.5
    }

    [Fact]
    public void Optimism_shifts_the_mean_by_deviations()
    {
        double shifted = -1 / Math.Sqrt(2);

        Assert.Equal(
            0.5, Predict(Regressor(), [3, 4], ("optimism", shifted)).GetFeatureValue("low")!.DoubleValue, 1e-15);
        Assert.Equal(
            ProbitOfMean, Predict(Regressor(), [3, 4]).GetFeatureValue("low")!.DoubleValue, 1e-14);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    public void Samples_repeat_between_loadings_and_stay_within_the_truncation(double limit)
    {
        double[][] runs = [.. Enumerable.Range(0, 2).Select(_ => Samples(limit))];
        double deviation = 0.5 * Math.Sqrt(2) * limit; // scale 0.5

        Assert.Equal(runs[0], runs[1]);
        Assert.True(runs[0].Distinct().Count() > 150);
        Assert.All(runs[0], sample => Assert.InRange(
            sample, LinkFunctions.Probit(1 - deviation), LinkFunctions.Probit(1 + deviation)));
        Assert.Contains(runs[0], sample => sample < LinkFunctions.Probit(1 - deviation / 3));
        Assert.Contains(runs[0], sample => sample > LinkFunctions.Probit(1 + deviation / 3));
    }

    [Fact]
    public void Weights_that_contradict_themselves_are_refused_at_loading()
    {
        foreach (Action<Bayes> spoil in new Action<Bayes>[]
                 {
                     file => file.Bias.Precision = 0,
                     file => file.Bias.Mean = double.NaN,
                     file => file.Features[0].FeatureId = 2,
                     file => file.Features[1].Weights.Add(file.Features[1].Weights[0]),
                     file => file.Features[0].Weights[0].FeatureWeight = null,
                 })
        {
            Model model = Regressor();
            spoil(model.BayesianProbitRegressor);
            Assert.NotNull(TabularModels.Refusal(model).Location);
        }
    }

    private static double[] Samples(double limit)
    {
        MLModel model = TestModels.Load(Regressor());
        IMLFeatureProvider sample = Sample([3, 4], ("scale", 0.5), ("limit", limit));
        return [.. Enumerable.Range(0, 200).Select(_ => model.Prediction(sample).GetFeatureValue("s")!.DoubleValue)];
    }

    private static Model Regressor()
    {
        Model model = TabularModels.Model(
            model => model.BayesianProbitRegressor = new()
            {
                NumberOfFeatures = 2, Bias = new() { Mean = 0.5, Precision = 2 },
                Features = { Weight(0, 3, 1, 1), Weight(1, 4, -0.5, 2) },
                RegressionInputFeatureName = "x", OptimismInputFeatureName = "optimism",
                SamplingScaleInputFeatureName = "scale", SamplingTruncationInputFeatureName = "limit",
                MeanOutputFeatureName = "mean", VarianceOutputFeatureName = "variance",
                PessimisticProbabilityOutputFeatureName = "low", SampledProbabilityOutputFeatureName = "s",
            },
            [
                TabularModels.Array("x", 2), TabularModels.Optional(TabularModels.Double("optimism")),
                TabularModels.Optional(TabularModels.Double("scale")),
                TabularModels.Optional(TabularModels.Double("limit")),
            ],
            [.. new[] { "p", "mean", "variance", "low", "s" }.Select(TabularModels.Double)]);
        model.Description.PredictedFeatureName = "p";
        return model;
    }

    private static Bayes.Types.FeatureWeight Weight(uint feature, uint value, double mean, double precision) => new()
    {
        FeatureId = feature,
        Weights =
        {
            new Bayes.Types.FeatureValueWeight
            {
                FeatureValue = value, FeatureWeight = new() { Mean = mean, Precision = precision },
            },
        },
    };

    private static IMLFeatureProvider Predict(Model model, double[] x, params (string, MLFeatureValue)[] others) =>
        TestModels.Load(model).Prediction(Sample(x, others));

    private static IMLFeatureProvider Sample(double[] x, params (string, MLFeatureValue)[] others) =>
        TestModels.Sample([("x", new MLMultiArray(x.AsMemory(), x.Length)), .. others]);
}
