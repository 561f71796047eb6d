using System.Numerics;
using System.Numerics.Tensors;
using Attune.Arrays;

namespace Attune.Losses;

/// <summary>
/// Core ML's <c>categoricalCrossEntropyLossLayer</c>: -log p[target], the mean over the samples.
/// </summary>
/// <remarks>
/// Shapes: p is N vectors of C probabilities, the target is one class index per sample.
/// Gradient with respect to p: -1 / (N·p[target]) at the target, 0 elsewhere. With respect to the input of the softmax
/// that made p (<paramref name="beforeSoftmax"/>): (p - onehot) / N, which needs no division and loses no digits.
/// A probability is taken as at least the smallest normal float32, 1.2e-38, so that the loss of one sample is at most
/// 87.3.
/// That bound is our choice.
/// </remarks>
/// <param name="beforeSoftmax">Whether the gradient is with respect to the softmax's input instead of its
/// output.</param>
internal sealed class CategoricalCrossEntropy(bool beforeSoftmax) : Loss
{
    /// <summary>What a probability counts as at least: the smallest normal float32.</summary>
    public const double LeastProbability = 1.17549435e-38;

    public override int TargetCount(Shape output) => 1;

    public override double Evaluate<T>(int batch, ReadOnlySpan<T> output, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        int classes = output.Length / batch;
        double sum = 0;
        for (int sample = 0; sample < batch; sample++)
        {
            ReadOnlySpan<T> p = output.Slice(sample * classes, classes);
            int target = int.CreateTruncating(targets[sample]);
            double likely = Math.Max(double.CreateTruncating(p[target]), LeastProbability);
            // Math.Max gives NaN for NaN: a network that diverged shows it.
            sum -= Math.Log(likely);

            Span<T> dp = gradient.Slice(sample * classes, classes);
            if (beforeSoftmax)
                WriteBeforeSoftmax(p, target, batch, dp);
            else
            {
                dp.Clear();
                dp[target] = T.CreateTruncating(-1 / (batch * likely));
            }
        }
        return sum / batch;
    }

    public override int? CountCorrect<T>(int batch, ReadOnlySpan<T> output, ReadOnlySpan<T> targets)
    {
        int classes = output.Length / batch;
        int correct = 0;
        for (int sample = 0; sample < batch; sample++)
            if (TensorPrimitives.IndexOfMax(output.Slice(sample * classes, classes))
                == int.CreateTruncating(targets[sample]))
                correct++;
        return correct;
    }

    private static void WriteBeforeSoftmax<T>(ReadOnlySpan<T> p, int target, int batch, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T count = T.CreateTruncating(batch);
        for (int i = 0; i < p.Length; i++)
            gradient[i] = p[i] / count;
        gradient[target] = (p[target] - T.One) / count;
    }
}
