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
    private readonly MLModelConfiguration configuration;
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
        this.configuration = configuration;
        workers = Workers.For(configuration.MaxThreads);
        definition = UpdateDefinition.Read(NetworkSpecification.Of(model.Specification)?.Update);
        judged = network.Network.ValuesByName.GetValueOrDefault(definition.LossInput)
            ?? throw new MLModelFormatException(
                $"The loss judges '{definition.LossInput}', which no layer makes.", definition.LossInput);
        trainable = TrainableParameters.Choose(network.Network, judged, configuration.UpdateOptions);
        RequireCounts(model.ParameterTable);
        parameters = WithSeed(model.ParameterTable, configuration.UpdateOptions);
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

        var run = new TrainingRun(this);
        if (session.Wants(MLUpdateProgressEvent.TrainingBegin))
            session.Report(MLUpdateProgressEvent.TrainingBegin, Snapshot(run.Current), Metrics.None);
        run.Features.Fill(session);

        long epochs = (long)parameters.ValueOf(MLParameterKey.Epochs)!;
        double loss = 0;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            loss = RunEpoch(run, epoch, session);
            if (session.Wants(MLUpdateProgressEvent.EpochEnd))
                session.Report(MLUpdateProgressEvent.EpochEnd, Snapshot(run.Current), Metrics.OfEpoch(loss, epoch));
        }
        session.ThrowIfCancelled();
        // A change that a handler made after the last mini-batch is in the result too.
        ApplyChanges(run, session);
        return new UpdateResult(model.With(network.With(run.Current), parameters), Metrics.OfCompletion(loss));
    }

    /// <summary>The mean loss over the epoch's samples, each measured before the step that it leads to.</summary>
    private double RunEpoch(TrainingRun run, int epoch, IUpdateSession session)
    {
        ReadOnlySpan<int> order = run.Order.Begin(epoch);
        double sum = 0;
        for (int start = 0, miniBatch = 0; start < order.Length; start += run.MiniBatchSize, miniBatch++)
        {
            session.ThrowIfCancelled();
            ApplyChanges(run, session);
            ReadOnlySpan<int> samples = order[start..][..Math.Min(run.MiniBatchSize, order.Length - start)];
            ReadOnlySpan<int> next = order[(start + samples.Length)..];
            next = next[..Math.Min(run.MiniBatchSize, next.Length)];
            double loss = run.Step(samples, next, (double)parameters.ValueOf(MLParameterKey.LearningRate)!);
            sum += loss * samples.Length;
            if (session.Wants(MLUpdateProgressEvent.MiniBatchEnd))
                session.Report(
                    MLUpdateProgressEvent.MiniBatchEnd,
                    Snapshot(run.Current),
                    Metrics.OfMiniBatch(loss, epoch, miniBatch));
        }
        return sum / order.Length;
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

    /// <summary>What one run holds: plans, buffers, the optimizer's state and the numbers that change.</summary>
    private sealed class TrainingRun
    {
        private readonly TrainingStep step;

        public TrainingRun(NetworkUpdate update)
        {
            LoweredNetwork lowered = update.network.Network;
            NetworkCut cut = NetworkCut.At(lowered.Network, update.judged, update.trainable);
            IMLFeatureProvider first = update.data.GetFeatures(0);
            Shape[] shapes = [.. lowered.Inputs.Select(input => input.ShapeOf(input.Get(first, 0)))];
            Shape output = lowered.Network.InferShapes(shapes)[update.judged];
            var target = TrainingTarget.Of(
                update.definition, update.model.ModelDescription, lowered.Classifier, output);
            int targetSize = update.definition.Loss == LossKind.CategoricalCrossEntropy ? 1 : output.Count;

            // Read once: a provider over a list that grows meanwhile trains on what was there.
            int count = update.data.Count;
            MiniBatchSize = (int)Math.Min((long)update.parameters.ValueOf(MLParameterKey.MiniBatchSize)!, count);
            Current = update.network.Parameters.Own(update.trainable);
            Features = new TrainingFeatures(
                update.data,
                count,
                lowered.Inputs,
                shapes,
                target,
                targetSize,
                (cut.Prefix, update.network.Parameters, update.workers),
                MiniBatchSize,
                update.configuration.UpdateOptions.CacheBudget ?? AvailableMemory.Bytes / 4);
            Order = new SampleOrder(
                count,
                (bool)update.parameters.ValueOf(MLParameterKey.Shuffle)!,
                update.configuration.UpdateOptions.ShuffleFirstEpoch,
                (long)update.parameters.ValueOf(MLParameterKey.Seed)!);
            step = new TrainingStep(
                cut.Suffix,
                Current,
                update.trainable,
                Features,
                MiniBatchSize,
                update.workers,
                update.definition.Loss,
                targetSize,
                OptimizerChoice.Make(update.definition, update.parameters, update.configuration.UpdateOptions));
        }

        public int MiniBatchSize { get; }

        public ParameterSet<float> Current { get; }

        public TrainingFeatures Features { get; }

        public SampleOrder Order { get; }

        public double Step(ReadOnlySpan<int> samples, ReadOnlySpan<int> next, double learningRate) =>
            step.Run(samples, next, learningRate);
    }
}
