using Attune.Cli.Training;

namespace Attune.Cli.Tests;

/// <summary>Somebody who stops an update in the first mini-batch after an epoch.</summary>
/// <param name="epoch">The last one that ends, from 1.</param>
/// <param name="stop">What stops it.</param>
internal sealed class StoppingAfter(int epoch, CancellationTokenSource stop) : ITrainingProgress
{
    public bool WantsMiniBatches => true;

    /// <summary>Trains until then.</summary>
    public static TrainingReport Train(int epoch, TrainOptions options)
    {
        using var stop = new CancellationTokenSource();
        TrainingReport report = new Trainer(options, new StoppingAfter(epoch, stop)).Train(stop.Token);
        Assert.True(report.WasStopped);
        return report;
    }

    public void Begin(int epochs, int samples, int batch)
    {
    }

    public void OnMiniBatch(int current, int miniBatch, double loss)
    {
        if (current > epoch)
            stop.Cancel();
    }

    public void OnEpoch(EpochReport ended)
    {
    }
}
