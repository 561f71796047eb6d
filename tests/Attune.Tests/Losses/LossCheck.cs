using Attune.Losses;

namespace Attune.Tests.Losses;

/// <summary>Compares the gradient of a loss with differences of its values.</summary>
internal static class LossCheck
{
    public static void Gradient(Loss loss, int batch, double[] y, double[] targets)
    {
        const double Step = 1e-5;
        double[] gradient = new double[y.Length];
        double[] scratch = new double[y.Length];
        loss.Evaluate<double>(batch, y, targets, gradient);

        for (int i = 0; i < y.Length; i++)
        {
            double[] moved = [.. y];
            moved[i] = y[i] + Step;
            double above = loss.Evaluate<double>(batch, moved, targets, scratch);
            moved[i] = y[i] - Step;
            double below = loss.Evaluate<double>(batch, moved, targets, scratch);
            double expected = (above - below) / (2 * Step);

            // Central differences of step 1e-5 leave errors of its square, 1e-10, times third derivatives of some
            // hundreds.
            Assert.True(
                Math.Abs(expected - gradient[i]) <= 1e-7 * Math.Max(1, Math.Abs(expected)),
                $"Element {i}: the difference is {expected}, the gradient {gradient[i]}.");
        }
    }
}
