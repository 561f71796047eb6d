using System.Diagnostics;
using Attune.Authoring;
using Attune.Cli.Data;
using Attune.Cli.Evaluation;
using Attune.Cli.Marking;

namespace Attune.Cli.Training;

/// <summary>Updates a model with samples, and measures it before and after.</summary>
internal sealed class Trainer(TrainOptions options, ITrainingProgress progress)
{
    private readonly List<EpochReport> epochs = [];
    private Samples training = Samples.Of([]);
    private Samples? heldOut;
    private string dataHash = "";
    private int firstEpoch;
    private MLModel? best;
    private int bestEpoch;
    private long begin;

    /// <summary>The samples that the model was measured with, for pictures; after <see cref="Train"/>.</summary>
    public Samples Measured { get; private set; } = Samples.Of([]);

    /// <summary>The measurement of the model that was written; null if it cannot be evaluated.</summary>
    public MLEvaluation? After { get; private set; }

    /// <exception cref="StoppedException">It was stopped before the first epoch had ended.</exception>
    public TrainingReport Train(CancellationToken cancellation)
    {
        MLModel model = Load();
        ReadSamples(model);
        MLEvaluation? before = Evaluate(model, cancellation);

        begin = Stopwatch.GetTimestamp();
        bool wasStopped = !Run(model, cancellation);
        MLModel result = best ?? throw new StoppedException(
            "Stopped before an epoch had ended: no model is written.");
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        result.Write(options.Out);
        After = Evaluate(result, CancellationToken.None);
        return new TrainingReport
        {
            Model = options.Model,
            Out = options.Out,
            Samples = training.Batch.Count,
            HeldOut = heldOut?.Batch.Count ?? 0,
            Epochs = epochs,
            ResultEpoch = bestEpoch,
            WasStopped = wasStopped,
            Seconds = Math.Round(seconds, 3),
            Before = before is null ? null : EvaluationReport.Of(options.Model, before),
            After = After is null ? null : EvaluationReport.Of(options.Out, After),
        };
    }

    // What is measured never varies. All that is random starts with the seed of the update, of which a checkpoint
    // knows: another one is refused, and the same one gives the same parts and the same pictures.
    private void ReadSamples(MLModel model)
    {
        MLModelDescription description = model.ModelDescription;
        long seed = options.Seed ?? (long?)model.ParameterTable.ValueOf(MLParameterKey.Seed)
            ?? MLUpdateOptions.StandardSeed;
        Samples plain = SampleReader.Labelled(description).Read([options.Data]);
        Samples varied = options.Augmentation is { } augmentation
            ? SampleReader.Labelled(description, augmentation with { Seed = seed }).Read([options.Data])
            : plain;
        (training, Measured) = (varied, plain);
        if (options.Checkpoint is not null)
            dataHash = DataHash.Of(options.Data, plain);
        if (options.HoldOut <= 0)
            return;
        (_, heldOut) = SampleSplit.Split(plain, options.HoldOut, seed);
        (training, _) = SampleSplit.Split(varied, options.HoldOut, seed);
        Measured = heldOut;
    }

    private MLModel Load()
    {
        if (options.Optimizer is not { } optimizer)
            return MLModel.Load(options.Model);
        UpdatableModel draft = UpdatableModel.Open(options.Model, MLUpdateProfile.Any);
        DoubleTrainingParameter rate = TrainingParameter.Double(options.LearningRate ?? 0.01);
        Int64TrainingParameter batch = TrainingParameter.Int64(options.Batch ?? 10);
        return (optimizer == OptimizerKind.Adam ? draft.Adam(rate, batch) : draft.Sgd(rate, batch)).Build();
    }

    /// <returns>Whether it came to its end.</returns>
    private bool Run(MLModel model, CancellationToken cancellation)
    {
        MLUpdateProgressEvent events = MLUpdateProgressEvent.TrainingBegin | MLUpdateProgressEvent.EpochEnd;
        // Each event makes a copy of what is trained: mini-batches are told of only where somebody looks.
        if (progress.WantsMiniBatches)
            events |= MLUpdateProgressEvent.MiniBatchEnd;
        MLUpdateContext? completed = null;
        var task = new MLUpdateTask(
            model, training.Batch, UpdateConfiguration.Of(options, heldOut, dataHash),
            new MLUpdateProgressHandlers(events, OnProgress, context => completed = context));
        try
        {
            task.RunAsync(progress: null, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (MLFeatureException error) when (error.SampleIndex < training.Names.Count)
        {
            throw new ToolException($"'{training.Names[error.SampleIndex.Value]}': {error.Message}");
        }
        best = completed!.Model;
        // Without held-out samples it is the last one, which has been kept: here, or by the checkpoint.
        if (completed.Metrics.TryGetValue(MLMetricKey.ResultEpochIndex, out object? index))
            bestEpoch = (int)(long)index + 1;
        return true;
    }

    private void OnProgress(MLUpdateContext context)
    {
        if (context.Event != MLUpdateProgressEvent.MiniBatchEnd)
            KeepBest(context);
        if (context.Event == MLUpdateProgressEvent.TrainingBegin)
        {
            progress.Begin(
                Count(context, MLParameterKey.Epochs) ?? 1, training.Batch.Count,
                Count(context, MLParameterKey.MiniBatchSize) ?? training.Batch.Count);
            return;
        }
        int epoch = (int)(long)context.Metrics[MLMetricKey.EpochIndex];
        double loss = (double)context.Metrics[MLMetricKey.LossValue];
        if (context.Event == MLUpdateProgressEvent.MiniBatchEnd)
        {
            progress.OnMiniBatch(epoch + 1, (int)(long)context.Metrics[MLMetricKey.MiniBatchIndex] + 1, loss);
            return;
        }
        if (epochs.Count == 0)
            firstEpoch = epoch;
        epochs.Add(new EpochReport(
            epoch + 1, loss, Metric(context, MLMetricKey.Accuracy), Metric(context, MLMetricKey.HoldOutLossValue),
            Metric(context, MLMetricKey.HoldOutAccuracy),
            Math.Round(
                (epoch - firstEpoch + 1.0) * training.Batch.Count / Stopwatch.GetElapsedTime(begin).TotalSeconds, 1)));
        progress.OnEpoch(epochs[^1]);
    }

    // What is left if somebody stops the training. A checkpoint may bring an epoch from before it went on; from then
    // on, without held-out samples, each epoch is the best one, and the event has a copy of it already.
    private void KeepBest(MLUpdateContext context)
    {
        if (heldOut is null && context.Metrics.TryGetValue(MLMetricKey.EpochIndex, out object? last))
            (best, bestEpoch) = (context.Model, (int)(long)last + 1);
        else if (context.Task.Best() is var (model, epoch))
            (best, bestEpoch) = (model, epoch + 1);
    }

    private MLEvaluation? Evaluate(MLModel model, CancellationToken cancellation)
    {
        try
        {
            return model.Evaluate(Measured.Batch, cancellation);
        }
        catch (MLModelNotSupportedException)
        {
            return null;
        }
    }

    // Of the model itself, or of the one in a pipeline that learns; nearest neighbours have none.
    private static int? Count(MLUpdateContext context, MLParameterKey key) => context.Parameters
        .Where(parameter => parameter.Key.Name == key.Name)
        .Select(parameter => (int?)(long)parameter.Value)
        .FirstOrDefault();

    private static double? Metric(MLUpdateContext context, MLMetricKey key) =>
        context.Metrics.TryGetValue(key, out object? value) ? (double)value : null;
}
