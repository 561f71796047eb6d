namespace Attune;

/// <summary>How well a model's predictions agree with samples whose answers are known. Immutable.</summary>
/// <remarks>Made by <see cref="MLModel.Evaluate"/>. Core ML has nothing of the kind.</remarks>
public sealed class MLEvaluation
{
    private readonly Dictionary<(object Actual, object Predicted), int> confusion = [];

    internal MLEvaluation(
        IReadOnlyList<MLSampleEvaluation> samples, IEnumerable<object>? labels, double? meanAbsoluteError)
    {
        Samples = samples;
        MeanAbsoluteError = meanAbsoluteError;
        Loss = samples.Average(sample => sample.Loss);
        if (labels is null)
            return;
        Accuracy = (double)samples.Count(sample => sample.IsCorrect) / samples.Count;
        foreach (MLSampleEvaluation sample in samples)
            confusion[(sample.Actual, sample.Predicted)] =
                confusion.GetValueOrDefault((sample.Actual, sample.Predicted)) + 1;
        Classes = [.. CountClasses(labels)];
    }

    /// <summary>Number of samples.</summary>
    public int Count => Samples.Count;

    /// <summary>The share of correct labels, 0 to 1; null if the model is no classifier.</summary>
    public double? Accuracy { get; }

    /// <summary>The mean over the samples of what an answer costs. For a classifier: -log of the probability that it
    /// gives the right label, at most 87.3 (a label that it does not know costs that much); NaN if it gives no
    /// probabilities. For a regressor: the square of the difference.</summary>
    public double Loss { get; }

    /// <summary>The mean of the differences without their sign; null if the model is no regressor.</summary>
    public double? MeanAbsoluteError { get; }

    /// <summary>One entry for each label: the model's in their order, then others that samples have. Empty if the model
    /// is no classifier.</summary>
    public IReadOnlyList<MLClassEvaluation> Classes { get; } = [];

    /// <summary>Every sample, in order.</summary>
    public IReadOnlyList<MLSampleEvaluation> Samples { get; }

    /// <summary>How many samples of one label the model takes for another, or the same: an entry of the confusion
    /// matrix. 0 for labels that there are none of.</summary>
    /// <param name="actual">The samples' label, a <see cref="string"/> or a <see cref="long"/>.</param>
    /// <param name="predicted">The model's.</param>
    public int Confusion(object actual, object predicted)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(predicted);
        return confusion.GetValueOrDefault((actual, predicted));
    }

    private IEnumerable<MLClassEvaluation> CountClasses(IEnumerable<object> labels)
    {
        var actual = new Dictionary<object, int>();
        var predicted = new Dictionary<object, int>();
        foreach (((object given, object made), int count) in confusion)
        {
            actual[given] = actual.GetValueOrDefault(given) + count;
            predicted[made] = predicted.GetValueOrDefault(made) + count;
        }
        foreach (object label in labels.Concat(actual.Keys).Concat(predicted.Keys).Distinct())
            yield return new MLClassEvaluation(
                label, actual.GetValueOrDefault(label), predicted.GetValueOrDefault(label), Confusion(label, label));
    }
}
