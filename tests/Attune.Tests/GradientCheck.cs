using Attune.Arrays;
using Attune.Graph;
using Attune.Layers;
using Attune.Runtime;

namespace Attune.Tests;

/// <summary>
/// Compares a layer's backward pass with central differences, in double precision: for the loss L = Σ w·y with random
/// w, every element of every input and parameter is moved by ±h, and (L(+h) − L(−h)) / 2h must be its gradient.
/// The layer stands in the network twice, side by side, and y is the sum of what both make: so it comes once to a
/// gradient that nobody has added to yet, and once to one that holds something.
/// </summary>
internal static class GradientCheck
{
    // The difference is wrong by h²/6 times a third derivative (about 1e-10) and by rounding, 1e-16/h (about 1e-11).
    private const double Step = 1e-5;

    // Third derivatives of steep functions (powers, quotients) reach some thousands: 1e-10 becomes 1e-7.
    private const double Tolerance = 1e-6;

    /// <param name="layer">Any layer with one output.</param>
    /// <param name="batch">Number of samples.</param>
    /// <param name="inputs">The shapes of one sample.</param>
    /// <param name="away">Moves a random number to where the layer is smooth; null for anywhere.</param>
    public static void Of(Layer layer, int batch, IReadOnlyList<Shape> inputs, Func<double, double>? away = null)
    {
        Value[] values = [.. inputs.Select((_, i) => new Value($"x{i}"))];
        var output = new Value("y");
        Value first = new("first"), second = new("second");
        Node[] nodes =
        [
            new(layer, values, [first]),
            new(layer, values, [second]),
            new(new Add("sum", "add", alpha: 0), [first, second], [output]),
        ];
        var network = new Network(values, nodes, [output]);
        ParameterSet<double> parameters = ParameterSet<double>.Initial(layer.Parameters).Own(layer.Parameters);
        var forward = new Plan<double>(network, parameters, inputs, batch, Workers.Single, keepsAll: true);
        var backward = new BackwardPlan<double>(forward, output, layer.Parameters.ToHashSet(), null, values);

        var random = new RandomStream(7);
        for (int i = 0; i < values.Length; i++)
            foreach (ref double x in forward.Input(i, batch))
                x = (away ?? (value => value))(random.NextGaussian());
        double[] weights = new double[forward.Output(0, batch).Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = random.NextGaussian();

        forward.Run(batch);
        // Twice: nothing is left over from the first time.
        for (int i = 0; i < 2; i++)
        {
            backward.Clear();
            weights.CopyTo(backward.Seed(batch));
            backward.Run(batch);
        }

        double Loss()
        {
            forward.Run(batch);
            ReadOnlySpan<double> y = forward.Output(0, batch);
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
                sum += weights[i] * y[i];
            return sum;
        }
        for (int i = 0; i < values.Length; i++)
            Compare(
                Loss,
                forward.BufferOf(values[i]).Samples(batch),
                backward.GradientOf(values[i], batch),
                $"input {i}");
        foreach (Parameter parameter in layer.Parameters)
            Compare(Loss, parameters[parameter].Span, backward.GradientOf(parameter), parameter.Role);
    }

    private static void Compare(
        Func<double> loss, Span<double> numbers, ReadOnlySpan<double> gradient, string what)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            double kept = numbers[i];
            numbers[i] = kept + Step;
            double above = loss();
            numbers[i] = kept - Step;
            double below = loss();
            numbers[i] = kept;
            double expected = (above - below) / (2 * Step);
            double actual = gradient[i];
            Assert.True(
                Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)),
                $"Gradient of {what}, element {i}: differences give {expected}, the layer {actual}.");
        }
    }
}
