using System.Security.Cryptography;
using Attune.Arrays;
using Attune.Format;
using Attune.Graph;
using Attune.Lowering;
using Attune.Models;
using Attune.Runtime;

namespace Attune.Update;

/// <summary>
/// Trains a neural network: epochs of mini-batches, each one forward pass, one backward pass and one step of the
/// optimizer. docs/updates.md tells the rules.
/// </summary>
internal sealed class NetworkUpdate : UpdateRoutine
{
    private readonly MLModel model;
    private readonly NeuralNetworkModel network;
    private readonly IMLBatchProvider data;
    private readonly MLUpdateOptions options;
    private readonly UpdateDefinition definition;
    private readonly Value judged;
    private readonly HashSet<Parameter> trainable;
    private readonly Workers workers;
    private ParameterTable parameters;
    private TrainingRun? run;

    public NetworkUpdate(
        MLModel model, NeuralNetworkModel network, IMLBatchProvider data, MLModelConfiguration configuration)
    {
        this.model = model;
        this.network = network;
        this.data = data;
        options = configuration.UpdateOptions;
        workers = Workers.For(configuration.MaxThreads);
        definition = UpdateDefinition.Read(NetworkSpecification.Of(model.Specification)?.Update);
        judged = network.Network.ValuesByName.GetValueOrDefault(definition.LossInput)
            ?? throw new MLModelFormatException(
                $"The loss judges '{definition.LossInput}', which no layer makes.", definition.LossInput);
        trainable = TrainableParameters.Choose(network.Network, judged, options);
        RequireCounts(model.ParameterTable);
        options.RequireHoldOut();
        parameters = WithSeed(model.ParameterTable, options);
        RequireTrainable();
    }

    public override ParameterTable Parameters => parameters;

    public override KeyValuePair<MLParameterKey, object> RequireChange(KeyValuePair<MLParameterKey, object> change)
    {
        (MLParameterKey key, object value) = change;
        if (value is MLMultiArray weights)
        {
            Parameter? parameter = network.Find(key);
            if (parameter is null || !trainable.Contains(parameter))
                throw new ArgumentException(
                    $"Parameter '{key}' cannot change while training: it names no weights or biases that are trained.");
            return new(key, new MLMultiArray(WeightValues.Read(key, parameter, weights), parameter.Shape.Dimensions));
        }
        if (key.Name != MLParameterKey.LearningRate.Name)
            throw new ArgumentException(
                $"Parameter '{key}' cannot change while training; only learningRate, weights and biases can.");
        ParameterTable changed = parameters.With(key, value);
        return new(key, changed.ValueOf(key)!);
    }

    public override UpdateResult Run(IUpdateSession session)
    {
        try
        {
            return Train(session);
        }
        finally
        {
            // Its buffers may be large, and contexts keep their task.
            run = null;
        }
    }

    public override (MLModel Model, int Epoch)? Best()
    {
        if (run is not { Epoch: > 0 })
            return null;
        (int epoch, ParameterSet<float> numbers) = run.Choose();
        return (Snapshot(numbers), epoch);
    }

    private UpdateResult Train(IUpdateSession session)
    {
        if (data.Count <= 0)
            throw new ArgumentException("The update has no training data. Give it a batch of at least one sample.");

        (IMLBatchProvider learned, IMLBatchProvider? heldOut) = SplitData();
        var training = new NetworkTraining(
            network, model.ModelDescription, definition, judged, trainable, parameters, options, workers);
        run = new TrainingRun(training, learned, heldOut);
        Checkpoint? checkpoint = options.Checkpoint is null ? null : new Checkpoint(training, run);
        parameters = checkpoint?.Load(parameters) ?? parameters;
        if (session.Wants(MLUpdateProgressEvent.TrainingBegin))
            session.Report(MLUpdateProgressEvent.TrainingBegin, Snapshot(run.Current), Metrics.None);
        run.Features.Fill(session);
        run.HoldOut?.Features.Fill(session);
        if (options.KeepsOnlyBetter && run is { Epoch: 0, Learned: 0 })
            run.HoldOut!.Begin(run.MeasureHeldOut());

        BatchLoss measured = RunEpochs(run, checkpoint, session);
        session.ThrowIfCancelled();
        // A change that a handler made after the last mini-batch is in the result too.
        ApplyChanges(run, session);
        (int epoch, ParameterSet<float> numbers) = run.Choose();
        checkpoint?.Delete();
        return new UpdateResult(
            model.With(network.With(numbers), parameters),
            Metrics.OfCompletion(measured, run.HoldOut is null ? null : epoch));
    }

    private (IMLBatchProvider Learned, IMLBatchProvider? HeldOut) SplitData()
    {
        if (options.HoldOutShare > 0)
            return BatchSubset.Split(
                data, options.HoldOutShare, ~(long)parameters.ValueOf(MLParameterKey.Seed)!);
        if (options.HoldOut is { Count: <= 0 })
            throw new ArgumentException(
                "The update measures itself by a batch of held-out samples; the batch is empty. Give at least one.");
        return (data, options.HoldOut);
    }

    /// <summary>Returns what the last epoch measured.</summary>
    private BatchLoss RunEpochs(TrainingRun run, Checkpoint? checkpoint, IUpdateSession session)
    {
        long epochs = (long)parameters.ValueOf(MLParameterKey.Epochs)!;
        BatchLoss measured = run.LastEpoch;
        while (run.Epoch < epochs && run.HoldOut is not { HasLostPatience: true })
        {
            LearnEpoch(run, checkpoint, session);
            (int epoch, measured) = (run.Epoch, run.Measured);
            BatchLoss? heldOut = run.HoldOut is null ? null : run.MeasureHeldOut();
            if (heldOut is { } seen)
                run.HoldOut!.Observe(epoch, seen, run.Current, trainable);
            run.BeginNextEpoch();
            session.EpochEnded(new EpochFacts(
                epoch, measured.Mean, measured.Accuracy, heldOut?.Mean, heldOut?.Accuracy));
            if (session.Wants(MLUpdateProgressEvent.EpochEnd))
                session.Report(
                    MLUpdateProgressEvent.EpochEnd,
                    Snapshot(run.Current),
                    Metrics.OfEpoch(measured, epoch, heldOut));
            Keep(run, checkpoint, session);
        }
        return measured;
    }

    /// <summary>Learns what is left of the epoch.</summary>
    private void LearnEpoch(TrainingRun run, Checkpoint? checkpoint, IUpdateSession session)
    {
        ReadOnlySpan<int> order = run.Order.Begin(run.Epoch);
        run.Features.BeginEpoch(run.Epoch);
        while (run.Learned < order.Length)
        {
            session.ThrowIfCancelled();
            ApplyChanges(run, session);
            ReadOnlySpan<int> samples = run.MiniBatch(order[run.Learned..]);
            ReadOnlySpan<int> next = run.MiniBatch(order[(run.Learned + samples.Length)..]);
            BatchLoss measured =
                run.Step.Run(samples, next, (double)parameters.ValueOf(MLParameterKey.LearningRate)!);
            int miniBatch = run.Learned / run.MiniBatchSize;
            run.Advance(measured);
            session.Learned(samples.Length);
            if (session.Wants(MLUpdateProgressEvent.MiniBatchEnd))
                session.Report(
                    MLUpdateProgressEvent.MiniBatchEnd,
                    Snapshot(run.Current),
                    Metrics.OfMiniBatch(measured, run.Epoch, miniBatch));
            if (run.Learned < order.Length && (miniBatch + 1) % options.Checkpoint?.MiniBatches == 0)
                Keep(run, checkpoint, session);
        }
    }

    /// <summary>Writes the checkpoint, with what a handler has changed: it will not be called for this event again.
    /// </summary>
    private void Keep(TrainingRun run, Checkpoint? checkpoint, IUpdateSession session)
    {
        if (checkpoint is null)
            return;
        ApplyChanges(run, session);
        checkpoint.Save(parameters);
    }

    private void ApplyChanges(TrainingRun run, IUpdateSession session)
    {
        while (session.TryTakeChange(out KeyValuePair<MLParameterKey, object> change))
        {
            if (change.Value is MLMultiArray weights)
                weights.CopyTo(run.Current[network.Find(change.Key)!].Span);
            else
                parameters = parameters.With(change.Key, change.Value);
        }
    }

    /// <summary>A model with a copy of what is being trained, so that it stays as it is.</summary>
    private MLModel Snapshot(ParameterSet<float> current) =>
        model.With(network.With(current.Own(trainable)), parameters);

    /// <summary>Finds layers without a gradient, and a missing target, when the task is made.</summary>
    private void RequireTrainable()
    {
        LoweredNetwork lowered = network.Network;
        GradientPath.Find(lowered.Network.Ancestors([judged]), judged, trainable, []);
        Dictionary<Value, Shape> shapes =
            lowered.Network.InferShapes([.. lowered.Inputs.Select(input => input.DefaultShape)]);
        TrainingTarget.Of(definition, model.ModelDescription, lowered.Classifier, shapes[judged]);
    }

    private static void RequireCounts(ParameterTable table)
    {
        foreach (MLParameterKey required in new[] { MLParameterKey.Epochs, MLParameterKey.MiniBatchSize })
            if (table.ValueOf(required) is not (long and > 0))
                throw new MLModelFormatException(
                    $"An updatable network takes {required} of 1 or more; the file gives " +
                    $"{table.ValueOf(required) ?? "none"}.");
    }

    private static ParameterTable WithSeed(ParameterTable table, MLUpdateOptions options) =>
        table.ValueOf(MLParameterKey.Seed) is not null
            ? table
            : table.With(
                MLParameterKey.Seed,
                options.DefaultSeed ?? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))));
}
