using System.Security.Cryptography;
using Attune.Arrays;
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
        if (data.Count <= 0)
            throw new ArgumentException("The update has no training data. Give it a batch of at least one sample.");

        (IMLBatchProvider learned, IMLBatchProvider? heldOut) = SplitData();
        var training = new NetworkTraining(
            network, model.ModelDescription, definition, judged, trainable, parameters, options, workers);
        var run = new TrainingRun(training, learned, heldOut);
        if (session.Wants(MLUpdateProgressEvent.TrainingBegin))
            session.Report(MLUpdateProgressEvent.TrainingBegin, Snapshot(run.Current), Metrics.None);
        run.Features.Fill(session);
        run.HoldOut?.Features.Fill(session);
        if (options.KeepsOnlyBetter)
            run.HoldOut!.Begin(run.MeasureHeldOut());

        BatchLoss measured = RunEpochs(run, session);
        session.ThrowIfCancelled();
        // A change that a handler made after the last mini-batch is in the result too.
        ApplyChanges(run, session);
        (int Index, ParameterSet<float>? Numbers)? chosen = run.HoldOut?.Choose();
        ParameterSet<float> result = chosen is { } choice ? choice.Numbers ?? network.Parameters : run.Current;
        return new UpdateResult(
            model.With(network.With(result), parameters), Metrics.OfCompletion(measured, chosen?.Index));
    }

    private (IMLBatchProvider Learned, IMLBatchProvider? HeldOut) SplitData()
    {
        if (options.HoldOutShare > 0)
            return BatchSubset.Split(
                data, options.HoldOutShare, (long)parameters.ValueOf(MLParameterKey.Seed)!);
        if (options.HoldOut is { Count: <= 0 })
            throw new ArgumentException(
                "The update measures itself by a batch of held-out samples; the batch is empty. Give at least one.");
        return (data, options.HoldOut);
    }

    /// <summary>Returns what the last epoch measured.</summary>
    private BatchLoss RunEpochs(TrainingRun run, IUpdateSession session)
    {
        long epochs = (long)parameters.ValueOf(MLParameterKey.Epochs)!;
        BatchLoss measured = default;
        for (int epoch = 0; epoch < epochs && run.HoldOut is not { HasLostPatience: true }; epoch++)
        {
            measured = RunEpoch(run, epoch, session);
            BatchLoss? heldOut = run.HoldOut is null ? null : run.MeasureHeldOut();
            if (heldOut is { } seen)
                run.HoldOut!.Observe(epoch, seen, run.Current, trainable);
            if (session.Wants(MLUpdateProgressEvent.EpochEnd))
                session.Report(
                    MLUpdateProgressEvent.EpochEnd, Snapshot(run.Current), Metrics.OfEpoch(measured, epoch, heldOut));
        }
        return measured;
    }

    /// <summary>What was measured of the epoch's samples, each before the step that it leads to.</summary>
    private BatchLoss RunEpoch(TrainingRun run, int epoch, IUpdateSession session)
    {
        ReadOnlySpan<int> order = run.Order.Begin(epoch);
        BatchLoss sum = default;
        for (int start = 0, miniBatch = 0; start < order.Length; start += run.MiniBatchSize, miniBatch++)
        {
            session.ThrowIfCancelled();
            ApplyChanges(run, session);
            ReadOnlySpan<int> samples = order[start..][..Math.Min(run.MiniBatchSize, order.Length - start)];
            ReadOnlySpan<int> next = order[(start + samples.Length)..];
            next = next[..Math.Min(run.MiniBatchSize, next.Length)];
            BatchLoss measured =
                run.Step.Run(samples, next, (double)parameters.ValueOf(MLParameterKey.LearningRate)!);
            sum += measured;
            if (session.Wants(MLUpdateProgressEvent.MiniBatchEnd))
                session.Report(
                    MLUpdateProgressEvent.MiniBatchEnd,
                    Snapshot(run.Current),
                    Metrics.OfMiniBatch(measured, epoch, miniBatch));
        }
        return sum;
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
