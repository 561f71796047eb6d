using Attune.Authoring;
using Attune.Cli.Training;

namespace Attune.Cli.Tests;

/// <summary>What an update costs beside the learning.</summary>
public sealed class TrainerTests : IDisposable
{
    private const int Inputs = 1_000, Outputs = 1_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_epoch_without_held_out_samples_copies_what_is_trained_once()
    {
        var progress = new Allocations();
        string numbers = string.Join(',', Enumerable.Repeat("1", Inputs + Outputs));

        TrainingReport report = new Trainer(
            new TrainOptions
            {
                Model = Wide().Save(folder),
                Data = folder.Write("data.csv", numbers + '\n' + numbers + '\n'),
                Out = folder.Place("Mine.mlmodel"),
                Epochs = 4,
            },
            progress).Train(CancellationToken.None);

        Assert.Equal(4, report.ResultEpoch);
        // Of 4 MB, and whatever is small.
        Assert.Equal(3, progress.OfEpochs.Count);
        Assert.All(progress.OfEpochs, bytes => Assert.InRange(bytes / (4.0 * Inputs * Outputs), 1, 1.5));
    }

    private static NetworkBuilder Wide() => new NetworkBuilder()
        .AddArrayInput("x", [Inputs])
        .InnerProduct("wide", Outputs, Initializer.Zeros, Initializer.Zeros)
        .AddOutput("wide")
        .MakeUpdatable("wide")
        .MeanSquaredErrorLoss("loss")
        .Sgd(learningRate: 0.001, miniBatchSize: 2)
        .Epochs(4);

    /// <summary>Counts what the training's own thread allocates from the end of an epoch to that of the next.</summary>
    private sealed class Allocations : ITrainingProgress
    {
        private long? last;

        public List<long> OfEpochs { get; } = [];

        public bool WantsMiniBatches => false;

        public void Begin(int epochs, int samples, int batch)
        {
        }

        public void OnMiniBatch(int current, int miniBatch, double loss)
        {
        }

        public void OnEpoch(EpochReport ended)
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            if (last is { } before)
                OfEpochs.Add(now - before);
            last = now;
        }
    }
}
