using Attune.Format.Specification;
using Gaussian = Attune.Format.Specification.BayesianProbitRegressor.Types.Gaussian;

namespace Attune.Models;

/// <summary>Gaussian weights by feature and value. A value that the file does not know adds nothing.</summary>
internal sealed class ProbitWeights
{
    private readonly Dictionary<(long Feature, long Value), (double Mean, double Variance)> weights = [];
    private readonly (double Mean, double Variance) bias;
    private readonly uint count;

    /// <exception cref="MLModelFormatException">A weight comes twice, belongs to no feature, or its precision is not
    /// greater than 0.</exception>
    public ProbitWeights(Interface model, BayesianProbitRegressor file)
    {
        count = file.NumberOfFeatures;
        bias = file.Bias is null ? default : Read(model, file.Bias, "bias");
        foreach (BayesianProbitRegressor.Types.FeatureWeight feature in file.Features)
        {
            if (feature.FeatureId >= count)
                throw model.Wrong(
                    $"has {count} features; the file has weights for number {feature.FeatureId}, counted from 0",
                    "features");
            foreach (BayesianProbitRegressor.Types.FeatureValueWeight value in feature.Weights)
            {
                string location = $"features[{feature.FeatureId}].weights[{value.FeatureValue}]";
                if (!weights.TryAdd(
                        (feature.FeatureId, value.FeatureValue), Read(model, value.FeatureWeight, location)))
                    throw model.Wrong("takes each value of a feature once; one comes twice", location);
            }
        }
    }

    /// <summary>Mean and variance of the score.</summary>
    /// <param name="inputs">For refusals.</param>
    /// <param name="name">Name of the input.</param>
    /// <param name="array">A value per feature, or a table of two columns: feature and value.</param>
    public (double Mean, double Variance) Sum(InputFeatures inputs, string name, MLMultiArray array)
    {
        bool isTable = array.Shape.Count == 2 && array.Shape[1] == 2;
        if (!isTable && array.Count != count)
            throw InputFeatures.Refusal(
                name, $"takes values of {count} features, or a table of two columns, feature and value", $"{array}");
        (double mean, double variance) = bias;
        for (int i = 0; i < (isTable ? array.Shape[0] : array.Count); i++)
        {
            var key = isTable ? ((long)array[i * 2], (long)array[i * 2 + 1]) : (i, (long)array[i]);
            if (!weights.TryGetValue(key, out (double Mean, double Variance) weight))
                continue;
            mean += weight.Mean;
            variance += weight.Variance;
        }
        return (mean, variance);
    }

    private static (double, double) Read(Interface model, Gaussian? gaussian, string location) =>
        gaussian is { Precision: > 0 } && double.IsFinite(gaussian.Mean)
            ? (gaussian.Mean, 1 / gaussian.Precision)
            : throw model.Wrong("takes weights with a finite mean and a precision greater than 0", location);
}
