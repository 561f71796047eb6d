using System.Diagnostics;
using Attune.Arrays;
using Attune.Graph;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>How long one layer runs.</summary>
/// <param name="Name">The name in the file; a layer that a rectifier was joined to does its work too.</param>
/// <param name="Kind">Core ML's name of its type.</param>
/// <param name="Time">The shortest of several runs, of the whole batch.</param>
/// <param name="MultiplyAdds">The products of the whole batch.</param>
internal sealed record LayerTime(string Name, string Kind, TimeSpan Time, long MultiplyAdds);

/// <summary>Times the layers of a network one by one, as predictions run them.</summary>
internal static class LayerTimes
{
    /// <param name="model">A neural network.</param>
    /// <param name="batch">Samples of the default shapes, 1 or more.</param>
    /// <param name="runs">How often to run it; the first run is not counted.</param>
    /// <param name="cancellation">Gives up at the next run.</param>
    /// <exception cref="MLModelNotSupportedException">The model is no network that can run.</exception>
    public static IReadOnlyList<LayerTime> Measure(MLModel model, int batch, int runs, CancellationToken cancellation)
    {
        if (model.Implementation is not NeuralNetworkModel network)
            throw new MLModelNotSupportedException("Only the layers of neural networks can be timed one by one.");
        Shape[] shapes = [.. network.Network.Inputs.Select(input => input.DefaultShape)];
        var plan = new Plan<float>(
            network.Network.Network, network.Parameters, shapes, batch, Workers.For(model.Configuration.MaxThreads));
        for (int i = 0; i < shapes.Length; i++)
            Fill(plan.Input(i, batch));

        var ticks = new long[plan.Runs.Count];
        Array.Fill(ticks, long.MaxValue);
        for (int run = 0; run <= runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < ticks.Length; i++)
            {
                long begin = Stopwatch.GetTimestamp();
                plan.Runs[i].Forward(batch);
                if (run > 0)
                    ticks[i] = Math.Min(ticks[i], Stopwatch.GetTimestamp() - begin);
            }
        }
        return [.. plan.Runs.Select((run, i) => Of(run, ticks[i], batch))];
    }

    private static LayerTime Of(LayerRun<float> run, long ticks, int batch)
    {
        Shape[] inputs = [.. Enumerable.Range(0, run.InputCount).Select(run.InputShape)];
        Shape[] outputs = [.. Enumerable.Range(0, run.OutputCount).Select(run.OutputShape)];
        return new LayerTime(
            run.Layer.Name, run.Layer.QualifiedKind, Stopwatch.GetElapsedTime(0, ticks),
            batch * run.Layer.MultiplyAdds(inputs, outputs));
    }

    // Numbers that are neither 0 nor all equal, and the same in every run.
    private static void Fill(Span<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = i * 37 % 101 / 101f;
    }
}
