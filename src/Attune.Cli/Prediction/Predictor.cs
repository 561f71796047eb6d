using System.Diagnostics;
using Attune.Cli.Data;

namespace Attune.Cli.Prediction;

/// <summary>Loads a model, reads the inputs, predicts, and times it.</summary>
internal static class Predictor
{
    /// <summary>The outputs as they are, beside what is told of them.</summary>
    public static (PredictionReport Report, IReadOnlyList<IMLFeatureProvider> Outputs) Predict(PredictOptions options)
    {
        long begin = Stopwatch.GetTimestamp();
        var configuration = new MLModelConfiguration();
        configuration.MaxThreads = options.Threads ?? configuration.MaxThreads;
        MLModel model = MLModel.Load(options.Model, configuration);
        TimeSpan loading = Stopwatch.GetElapsedTime(begin);

        begin = Stopwatch.GetTimestamp();
        Samples samples = new SampleReader(
            model.ModelDescription, new MLImageOptions { CropAndScale = options.Fit }).Read(options.Inputs);
        IMLBatchProvider predictions = model.Predictions(samples.Batch);
        TimeSpan predicting = Stopwatch.GetElapsedTime(begin);

        IMLFeatureProvider[] outputs = [.. Enumerable.Range(0, predictions.Count).Select(predictions.GetFeatures)];
        return (new PredictionReport
        {
            Model = options.Model,
            LoadMilliseconds = Math.Round(loading.TotalMilliseconds, 3),
            PredictMilliseconds = Math.Round(predicting.TotalMilliseconds, 3),
            Samples = [.. outputs.Select((output, i) => Sample(model, samples.Names[i], output, options.Top))],
        }, outputs);
    }

    private static SampleReport Sample(MLModel model, string name, IMLFeatureProvider outputs, int top) => new()
    {
        Source = name,
        Top = Top(model.ModelDescription, outputs, top),
        Outputs = model.ModelDescription.OutputDescriptionsByName.Keys
            .ToDictionary(output => output, output => OutputValues.Of(outputs.GetFeatureValue(output))),
    };

    private static Ranked[]? Top(MLModelDescription model, IMLFeatureProvider outputs, int top)
    {
        if (model.PredictedProbabilitiesName is not { } name
            || outputs.GetFeatureValue(name) is not { Type: MLFeatureType.Dictionary } probabilities)
            return null;
        return
        [
            .. probabilities.DictionaryValue
                .OrderByDescending(entry => entry.Value)
                .Take(top)
                .Select(entry => new Ranked(entry.Key, entry.Value)),
        ];
    }
}
