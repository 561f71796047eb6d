namespace Attune;

/// <summary>How a classifier does on one class. See <see cref="MLEvaluation.Classes"/>.</summary>
/// <param name="Label">The label of the class, a <see cref="string"/> or a <see cref="long"/>.</param>
/// <param name="Count">How many samples are of the class.</param>
/// <param name="PredictedCount">How many samples the model takes for it.</param>
/// <param name="CorrectCount">How many are both.</param>
public readonly record struct MLClassEvaluation(object Label, int Count, int PredictedCount, int CorrectCount)
{
    /// <summary>The share of correct ones among those that the model takes for the class; NaN if there are none.
    /// </summary>
    public double Precision => (double)CorrectCount / PredictedCount;

    /// <summary>The share of the class's samples that the model recognises; NaN if there are none.</summary>
    public double Recall => (double)CorrectCount / Count;

    /// <summary>The harmonic mean of precision and recall: 2·correct / (count + predicted); NaN if both are 0.
    /// </summary>
    public double F1 => 2.0 * CorrectCount / ((double)Count + PredictedCount);
}
