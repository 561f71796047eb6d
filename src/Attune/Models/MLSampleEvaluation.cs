namespace Attune;

/// <summary>What a model made of one sample whose answer is known. See <see cref="MLModel.Evaluate"/>.</summary>
/// <param name="Index">The number of the sample in its batch, from 0.</param>
/// <param name="Actual">The answer that the sample gives: a <see cref="string"/> or <see cref="long"/> label, or the
/// <see cref="double"/> of a regressor.</param>
/// <param name="Predicted">The model's answer, of the same kind.</param>
/// <param name="Loss">What the answer costs: see <see cref="MLEvaluation.Loss"/>.</param>
public readonly record struct MLSampleEvaluation(int Index, object Actual, object Predicted, double Loss)
{
    /// <summary>Whether the model's answer is the sample's.</summary>
    public bool IsCorrect => Actual.Equals(Predicted);
}
