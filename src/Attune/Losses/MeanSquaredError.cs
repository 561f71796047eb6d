using Attune.Arrays;

namespace Attune.Losses;

/// <summary>
/// Core ML's <c>meanSquaredErrorLossLayer</c>: (y - t)², the mean over all elements of all samples.
/// </summary>
/// <remarks>
/// Shapes: y and t are N samples of D elements each. Gradient: 2·(y - t) / (N·D). That the factor 2 is there shows in
/// public results of Core ML's own training; a loss with the factor 1 does not reproduce them.
/// </remarks>
internal sealed class MeanSquaredError : Loss
{
    public override int TargetCount(Shape output) => output.Count;

    public override double Evaluate<T>(int batch, ReadOnlySpan<T> output, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        T two = T.CreateTruncating(2);
        T count = T.CreateTruncating(output.Length);
        double sum = 0;
        for (int i = 0; i < output.Length; i++)
        {
            T difference = output[i] - targets[i];
            double wide = double.CreateTruncating(difference);
            sum += wide * wide;
            gradient[i] = two * difference / count;
        }
        return sum / output.Length;
    }
}
