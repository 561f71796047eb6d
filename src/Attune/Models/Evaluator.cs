using Attune.Losses;

namespace Attune.Models;

/// <summary>Compares predictions with the answers that samples give.</summary>
internal sealed class Evaluator
{
    // Samples that are predicted at once: their outputs are forgotten before the next ones are made.
    private const int Slice = 256;

    private readonly MLModelDescription model;
    private readonly string answer;
    private readonly bool isClassifier;
    private readonly List<MLSampleEvaluation> samples = [];
    private double differences;

    private Evaluator(MLModelDescription model, string answer)
    {
        this.model = model;
        this.answer = answer;
        isClassifier = model.OutputDescriptionsByName.GetValueOrDefault(answer)?.Type
            is MLFeatureType.String or MLFeatureType.Int64;
    }

    public static MLEvaluation Evaluate(MLModel model, IMLBatchProvider batch, CancellationToken cancellation)
    {
        if (model.ModelDescription.PredictedFeatureName is not { } answer)
            throw NotSupported("it names no predicted feature, as classifiers and regressors do");
        if (batch.Count <= 0)
            throw new ArgumentException("An evaluation takes at least one sample; got none.", nameof(batch));

        var evaluator = new Evaluator(model.ModelDescription, answer);
        var samples = new KeptSamples(batch, cancellation);
        for (int start = 0; start < batch.Count; start += Slice)
        {
            int count = Math.Min(Slice, batch.Count - start);
            IMLFeatureProvider[] outputs = model.Implementation.PredictBatch(samples, start, count);
            for (int i = 0; i < count; i++)
                evaluator.Add(start + i, samples.GetFeatures(start + i), outputs[i]);
            samples.Forget();
        }
        return evaluator.Finish();
    }

    private void Add(int index, IMLFeatureProvider sample, IMLFeatureProvider output)
    {
        MLFeatureValue? given = sample.GetFeatureValue(answer);
        MLFeatureValue predicted = output.GetFeatureValue(answer)
            ?? throw NotSupported($"it makes no output '{answer}', which it names as its predicted feature");
        if (isClassifier)
            AddLabel(index, Label(given, index), Label(predicted, index), output);
        else
            AddNumber(index, Number(given, index), Number(predicted, index));
    }

    private void AddLabel(int index, object actual, object predicted, IMLFeatureProvider output)
    {
        double loss = double.NaN;
        if (model.PredictedProbabilitiesName is { } name && output.GetFeatureValue(name) is { } probabilities)
            loss = -Math.Log(Math.Max(
                probabilities.DictionaryValue.GetValueOrDefault(actual), CategoricalCrossEntropy.LeastProbability));
        samples.Add(new MLSampleEvaluation(index, actual, predicted, loss));
    }

    private void AddNumber(int index, double actual, double predicted)
    {
        double difference = predicted - actual;
        differences += Math.Abs(difference);
        samples.Add(new MLSampleEvaluation(index, actual, predicted, difference * difference));
    }

    private MLEvaluation Finish() =>
        new(samples, isClassifier ? model.ClassLabels ?? [] : null, isClassifier ? null : differences / samples.Count);

    private object Label(MLFeatureValue? value, int sample) => value switch
    {
        { Type: MLFeatureType.String, IsUndefined: false } => value.StringValue,
        { Type: MLFeatureType.Int64, IsUndefined: false } => value.Int64Value,
        _ => throw MLFeatureException.Of(
            answer, "takes the label of the sample, a string or an integer", value?.ToString() ?? "nothing", sample),
    };

    private double Number(MLFeatureValue? value, int sample) => value switch
    {
        { Type: MLFeatureType.Double, IsUndefined: false } => value.DoubleValue,
        { Type: MLFeatureType.Int64, IsUndefined: false } => value.Int64Value,
        { MultiArrayValue: { Count: 1 } array } => array[0],
        _ => throw MLFeatureException.Of(
            answer, "takes the number that the model should predict", value?.ToString() ?? "nothing", sample),
    };

    private static MLModelNotSupportedException NotSupported(string reason)
    {
        string sentence = $"The model cannot be evaluated: {reason}.";
        return new MLModelNotSupportedException(sentence, [sentence]);
    }

    /// <summary>A batch whose members are read once and kept until they are forgotten: a second reading might give
    /// another sample.</summary>
    private sealed class KeptSamples(IMLBatchProvider batch, CancellationToken cancellation) : IMLBatchProvider
    {
        private readonly Dictionary<int, IMLFeatureProvider> kept = [];

        public int Count => batch.Count;

        public IMLFeatureProvider GetFeatures(int index)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!kept.TryGetValue(index, out IMLFeatureProvider? sample))
                kept[index] = sample = batch.GetFeatures(index);
            return sample;
        }

        public void Prepare(ReadOnlySpan<int> indices) => batch.Prepare(indices);

        public void Forget() => kept.Clear();
    }
}
