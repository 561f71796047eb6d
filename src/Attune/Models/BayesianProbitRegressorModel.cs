using Attune.Format.Specification;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>
/// <c>bayesianProbitRegressor</c>: each value of each feature has a Gaussian weight. The score of an input has the mean
/// m = Σ means and the variance s² = Σ 1 / precision, bias included; the probability is Φ(m / √(1 + s²)), the
/// pessimistic one Φ((m + optimism · s) / √(1 + s²)), and a sampled one Φ of a score drawn with the deviation scale ·
/// s, at most so many deviations from m as the truncation says. Draws are reproducible: the n-th of a model is always
/// the same.
/// </summary>
internal sealed class BayesianProbitRegressorModel : FeatureModel
{
    private readonly BayesianProbitRegressor file;
    private readonly ProbitWeights weights;
    private readonly MLFeatureDescription features;
    private readonly MLFeatureDescription? optimism;
    private readonly MLFeatureDescription? scale;
    private readonly MLFeatureDescription? truncation;
    private readonly (NumberOutput Output, Quantity Quantity)[] results;
    private readonly long seed;
    private long draws;

    public BayesianProbitRegressorModel(ModelContext context)
    {
        file = context.Model.BayesianProbitRegressor;
        var model = new Interface(context);
        weights = new ProbitWeights(model, file);
        features = model.Input(file.RegressionInputFeatureName, MLFeatureType.MultiArray)
            ?? model.Inputs.FirstOrDefault(input => input.Type == MLFeatureType.MultiArray)
            ?? throw model.Wrong("takes an array of features; it has none", "regressionInputFeatureName");
        optimism = Parameter(model, file.OptimismInputFeatureName);
        scale = Parameter(model, file.SamplingScaleInputFeatureName);
        truncation = Parameter(model, file.SamplingTruncationInputFeatureName);
        results =
        [
            .. new[]
            {
                (Name: context.Description.PredictedFeatureName ?? "", Quantity.Probability),
                (Name: file.MeanOutputFeatureName, Quantity.Mean),
                (Name: file.VarianceOutputFeatureName, Quantity.Variance),
                (Name: file.PessimisticProbabilityOutputFeatureName, Quantity.Pessimistic),
                (Name: file.SampledProbabilityOutputFeatureName, Quantity.Sampled),
            }
            .Where(entry => context.Description.OutputDescriptionsByName.ContainsKey(entry.Name))
            .Select(entry => (
                NumberOutput.Of(
                    model, model.Output(entry.Name, MLFeatureType.Double, MLFeatureType.MultiArray)!, count: 1),
                entry.Item2)),
        ];
        if (results.Length == 0)
            throw model.Wrong("takes one of its outputs in the description; it has none", "description");
        seed = context.Configuration.UpdateOptions.DefaultSeed ?? MLUpdateOptions.StandardSeed;
    }

    private enum Quantity
    {
        Probability,
        Mean,
        Variance,
        Pessimistic,
        Sampled,
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        MLMultiArray array = inputs.Get(features)?.MultiArrayValue
            ?? throw InputFeatures.Refusal(features.Name, "takes an array of features", "nothing");
        (double mean, double variance) = weights.Sum(inputs, features.Name, array);
        foreach ((NumberOutput output, Quantity quantity) in results)
            outputs.Add(output.Name, output.Make([Evaluate(quantity, inputs, mean, variance)]));
    }

    private double Evaluate(Quantity quantity, InputFeatures inputs, double mean, double variance) => quantity switch
    {
        Quantity.Mean => mean,
        Quantity.Variance => variance,
        Quantity.Pessimistic => LinkFunctions.Probit(
            (mean + Value(inputs, optimism, 0) * Math.Sqrt(variance)) / Math.Sqrt(1 + variance)),
        Quantity.Sampled => LinkFunctions.Probit(
            mean + Value(inputs, scale, 1) * Math.Sqrt(variance) * Draw(Value(inputs, truncation, double.NaN))),
        _ => LinkFunctions.Probit(mean / Math.Sqrt(1 + variance)),
    };

    /// <summary>From the standard normal distribution between −limit and limit; NaN for no limit.</summary>
    private double Draw(double limit)
    {
        var random = new RandomStream(unchecked(seed + Interlocked.Increment(ref draws)));
        if (limit <= 0)
            return 0;
        while (true)
        {
            // Near 0 few Gaussians fall between the limits; there, even numbers are thinned out to the bell's shape.
            double number = limit < 1 ? (2 * random.NextDouble() - 1) * limit : random.NextGaussian();
            bool fits = limit < 1 ? random.NextDouble() < Math.Exp(-number * number / 2) : !(Math.Abs(number) > limit);
            if (fits)
                return number;
        }
    }

    private static double Value(InputFeatures inputs, MLFeatureDescription? input, double ownValue)
    {
        if (input is null || inputs.Get(input) is not { } value)
            return ownValue;
        double number = value.MultiArrayValue is { Count: > 0 } array ? array[0] : value.DoubleValue;
        return double.IsFinite(number)
            ? number
            : throw InputFeatures.Refusal(input.Name, "takes a finite number", $"{value}");
    }

    private static MLFeatureDescription? Parameter(Interface model, string name) =>
        model.Inputs.Any(input => input.Name == name)
            ? model.Input(name, MLFeatureType.Double, MLFeatureType.MultiArray)
            : null;
}
