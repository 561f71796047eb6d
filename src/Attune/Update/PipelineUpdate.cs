using Attune.Models;
using Attune.Runtime;

namespace Attune.Update;

/// <summary>
/// Trains the last model of a pipeline, by the routine of its own type, on what the models before it make of the
/// samples.
/// </summary>
internal sealed class PipelineUpdate : UpdateRoutine
{
    private readonly MLModel model;
    private readonly PipelineModel pipeline;
    private readonly UpdateRoutine last;

    public PipelineUpdate(
        MLModel model, PipelineModel pipeline, IMLBatchProvider data, MLModelConfiguration configuration)
    {
        this.model = model;
        this.pipeline = pipeline;
        PipelineStage stage = pipeline.Last;
        RequireTrainingInputs(model.ModelDescription, pipeline);
        last = For(model.Stage(stage), Frozen(data), ForLast(configuration));
    }

    public override ParameterTable Parameters => model.ParameterTable.WithStage(pipeline.Last.Name, last.Parameters);

    public override KeyValuePair<MLParameterKey, object> RequireChange(KeyValuePair<MLParameterKey, object> change) =>
        last.RequireChange(new(change.Key.Within(pipeline.Last.Name) ?? change.Key, change.Value));

    public override UpdateResult Run(IUpdateSession session)
    {
        UpdateResult result = last.Run(new StageSession(this, session));
        return result with { Model = Whole(result.Model) };
    }

    public override (MLModel Model, int Epoch)? Best() =>
        last.Best() is var (stage, epoch) ? (Whole(stage), epoch) : null;

    private FrozenStages Frozen(IMLBatchProvider samples) => new(samples, pipeline, model.ModelDescription);

    /// <summary>Held-out samples go through the other models too.</summary>
    private MLModelConfiguration ForLast(MLModelConfiguration configuration)
    {
        if (configuration.UpdateOptions.HoldOut is not { } heldOut)
            return configuration;
        MLModelConfiguration copy = configuration.Copy();
        copy.UpdateOptions = copy.UpdateOptions with { HoldOut = Frozen(heldOut) };
        return copy;
    }

    /// <summary>The pipeline with its last model as it is by now.</summary>
    private MLModel Whole(MLModel stage) => model.With(
        pipeline.WithLast(stage.Implementation),
        model.ParameterTable.WithStage(pipeline.Last.Name, stage.ParameterTable));

    private static void RequireTrainingInputs(MLModelDescription whole, PipelineModel pipeline)
    {
        foreach (MLFeatureDescription input in
            pipeline.Last.Description.TrainingInputDescriptionsByName.Values)
            if (!input.IsOptional
                && !whole.TrainingInputDescriptionsByName.ContainsKey(input.Name)
                && !whole.InputDescriptionsByName.ContainsKey(input.Name)
                && !pipeline.Stages.SkipLast(1).Any(stage => stage.Makes(input.Name)))
                throw new MLModelFormatException(
                    $"Model '{pipeline.Last.Name}' of the pipeline learns from '{input.Name}', which is neither a " +
                    "training input of the pipeline nor made by a model before.",
                    input.Name);
    }

    /// <summary>What the last model's routine sees of the task: its snapshots become whole pipelines.</summary>
    private sealed class StageSession(PipelineUpdate update, IUpdateSession session) : IUpdateSession
    {
        public bool Wants(MLUpdateProgressEvent happened) => session.Wants(happened);

        public void Report(
            MLUpdateProgressEvent happened, MLModel snapshot, IReadOnlyDictionary<MLMetricKey, object> metrics) =>
            session.Report(happened, update.Whole(snapshot), metrics);

        public void Learned(int samples) => session.Learned(samples);

        public void EpochEnded(EpochFacts epoch) => session.EpochEnded(epoch);

        public void ThrowIfCancelled() => session.ThrowIfCancelled();

        public bool TryTakeChange(out KeyValuePair<MLParameterKey, object> change) =>
            session.TryTakeChange(out change);
    }
}
