using Attune.Format;
using Attune.Lowering;

namespace Attune.Models;

/// <summary>Models that run one after another: each takes inputs of the whole and outputs of those before it.</summary>
internal sealed class PipelineModel : ModelImplementation
{
    // As many samples go through each model together as its kernels are at their best with.
    private const int LargestBatch = 32;

    private readonly MLModelDescription description;

    private PipelineModel(MLModelDescription description, IReadOnlyList<PipelineStage> stages)
    {
        this.description = description;
        Stages = stages;
    }

    public IReadOnlyList<PipelineStage> Stages { get; }

    public PipelineStage Last => Stages[^1];

    /// <exception cref="MLModelFormatException">Its models do not fit together.</exception>
    /// <exception cref="MLModelNotSupportedException">Some of them cannot run; all reasons are given.</exception>
    public static PipelineModel Make(ModelContext context)
    {
        PipelineSpecification pipeline = PipelineSpecification.Of(context.Model)!;
        var stages = new PipelineStage[pipeline.Models.Count];
        for (int i = 0; i < stages.Length; i++)
        {
            ModelContext stage = context.For(pipeline.Models[i], pipeline.Names[i]);
            stages[i] = new PipelineStage(
                pipeline.Names[i], stage.Model, stage.Description, ModelFactory.Make(stage));
        }
        PipelineRules.Require(context.Description, stages);
        return new PipelineModel(context.Description, Runnable(stages));
    }

    /// <summary>The same pipeline with another last model, such as one that has learnt.</summary>
    public PipelineModel WithLast(ModelImplementation last) =>
        With(Stages.Count - 1, last);

    public override IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options)
    {
        var pool = new FeaturePool(input, description, sample: null);
        for (int i = 0; i < Stages.Count; i++)
            pool.Add(Stages[i], Stages[i].Implementation.Predict(pool, OptionsFor(i, options)));
        RequireAllTaken(options);
        return pool.Outputs(description);
    }

    public override IMLFeatureProvider[] PredictBatch(IMLBatchProvider batch, int first, int count)
    {
        var outputs = new IMLFeatureProvider[count];
        for (int start = 0; start < count; start += LargestBatch)
        {
            int[] indices = Block(first, start, count);
            IMLFeatureProvider[] samples = [.. indices.Select(batch.GetFeatures)];
            batch.Prepare(Block(first, start + indices.Length, count));
            FeaturePool[] pools = Run(samples, indices, Stages.Count);
            for (int i = 0; i < pools.Length; i++)
                outputs[start + i] = pools[i].Outputs(description);
        }
        return outputs;
    }

    /// <summary>What the models before the last make of some samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="indices">Their places in their batch, for errors.</param>
    public FeaturePool[] RunFrozen(IMLFeatureProvider[] samples, int[] indices) =>
        Run(samples, indices, Stages.Count - 1);

    public override MLMultiArray? WeightsOf(MLParameterKey key)
    {
        foreach (PipelineStage stage in Stages)
            if (key.Within(stage.Name) is { } own && stage.Implementation.WeightsOf(own) is { } weights)
                return weights;
        return Owner(key)?.Implementation.WeightsOf(key);
    }

    public override ModelImplementation WithWeights(MLParameterKey key, MLMultiArray values)
    {
        for (int i = 0; i < Stages.Count; i++)
            if (key.Within(Stages[i].Name) is { } own && Stages[i].Implementation.WeightsOf(own) is not null)
                return With(i, Stages[i].Implementation.WithWeights(own, values));
        if (Owner(key) is not { } owner)
            throw new ArgumentException(
                $"Parameter '{key}' names no weights or biases of a layer, or those of several models of the " +
                $"pipeline. Its models are: {string.Join(", ", Stages.Select(stage => stage.Name))}.");
        return With(Stages.ToList().IndexOf(owner), owner.Implementation.WithWeights(key, values));
    }

    public override ModelImplementation WithParameters(ParameterTable parameters)
    {
        PipelineStage[] stages =
        [
            .. Stages.Select(stage => stage with
            {
                Implementation = stage.Implementation.WithParameters(parameters.Of(stage.Name)),
            }),
        ];
        return new PipelineModel(description, Runnable(stages));
    }

    public override MLModelDescription Describe(MLModelDescription whole) =>
        Last.Implementation.Describe(Last.Description) is { ClassLabels: { } labels } described
        && !ReferenceEquals(described, Last.Description)
            ? whole.WithClassLabels(labels)
            : whole;

    public override ModelChanges Changes() => Stages.Aggregate(
        ModelChanges.None, (changes, stage) => changes.And(stage.Implementation.Changes()));

    private PipelineModel With(int place, ModelImplementation implementation)
    {
        PipelineStage[] stages = [.. Stages];
        stages[place] = stages[place] with { Implementation = implementation };
        return new PipelineModel(description, stages);
    }

    private static int[] Block(int first, int start, int count) =>
        [.. Enumerable.Range(first + start, Math.Min(LargestBatch, count - start))];

    private FeaturePool[] Run(IMLFeatureProvider[] samples, int[] indices, int stages)
    {
        var pools = new FeaturePool[samples.Length];
        for (int i = 0; i < pools.Length; i++)
            pools[i] = new FeaturePool(samples[i], description, indices[i]);
        var batch = new MLArrayBatchProvider(pools);
        for (int i = 0; i < stages; i++)
        {
            IMLFeatureProvider[] made = Stages[i].Implementation.PredictBatch(batch, 0, pools.Length);
            for (int sample = 0; sample < made.Length; sample++)
                pools[sample].Add(Stages[i], made[sample]);
        }
        return pools;
    }

    /// <summary>The one model that has weights of a key which names no model; null if there is not one.</summary>
    private PipelineStage? Owner(MLParameterKey key)
    {
        PipelineStage[] owners = [.. Stages.Where(stage => stage.Implementation.WeightsOf(key) is not null).Take(2)];
        return owners.Length == 1 ? owners[0] : null;
    }

    /// <summary>The backings of the outputs that a model is the last to make.</summary>
    private MLPredictionOptions? OptionsFor(int place, MLPredictionOptions? options)
    {
        if (options is not { OutputBackings.Count: > 0 })
            return null;
        var own = new MLPredictionOptions();
        foreach ((string name, object backing) in options.OutputBackings)
            if (Stages[place].Makes(name) && !Stages.Skip(place + 1).Any(later => later.Makes(name)))
                own.OutputBackings[name] = backing;
        return own;
    }

    private void RequireAllTaken(MLPredictionOptions? options)
    {
        foreach (string name in options?.OutputBackings.Keys ?? [])
            if (!description.OutputDescriptionsByName.ContainsKey(name) || !Stages.Any(stage => stage.Makes(name)))
                throw new MLFeatureException($"Output '{name}' takes no backing; the pipeline makes no such output.")
                {
                    FeatureName = name,
                };
    }

    private static PipelineStage[] Runnable(PipelineStage[] stages)
    {
        MLModelNotSupportedException[] refusals =
        [
            .. stages.Select(stage => stage.Implementation)
                .OfType<NotSupportedModel>()
                .Select(model => model.Refuse()),
        ];
        return refusals.Length == 0
            ? stages
            : throw new MLModelNotSupportedException(
                string.Join(" ", refusals.Select(refusal => refusal.Message).Distinct()),
                refusals.SelectMany(refusal => refusal.Reasons).Distinct());
    }
}
