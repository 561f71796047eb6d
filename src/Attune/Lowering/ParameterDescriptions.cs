using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>The parameters that a model's file describes: defaults and what is allowed.</summary>
internal static class ParameterDescriptions
{
    /// <summary>Those of a network's update, of neighbours, and of links; in a pipeline they are scoped to the name of
    /// their model.</summary>
    public static IEnumerable<MLParameterDescription> Of(Model model) => model.TypeCase switch
    {
        Model.TypeOneofCase.KNearestNeighborsClassifier => OfNeighbors(model.KNearestNeighborsClassifier),
        Model.TypeOneofCase.LinkedModel => OfLink(model.LinkedModel.LinkedModelFile),
        _ when PipelineSpecification.Of(model) is { } pipeline => OfPipeline(pipeline),
        _ => Of(NetworkSpecification.Of(model)?.Update),
    };

    private static IEnumerable<MLParameterDescription> OfPipeline(PipelineSpecification pipeline)
    {
        for (int i = 0; i < pipeline.Models.Count; i++)
        {
            // Only the last model of a pipeline learns.
            if (i < pipeline.Models.Count - 1 && NetworkSpecification.Of(pipeline.Models[i]) is not null)
                continue;
            foreach (MLParameterDescription parameter in Of(pipeline.Models[i]))
                yield return parameter.Under(pipeline.Names[i]);
        }
    }

    private static IEnumerable<MLParameterDescription> OfNeighbors(KNearestNeighborsClassifier neighbors)
    {
        if (neighbors.NumberOfNeighbors is { } number)
            yield return Int64(MLParameterKey.NumberOfNeighbors, number);
    }

    private static IEnumerable<MLParameterDescription> OfLink(LinkedModelFile? link) =>
    [
        new(MLParameterKey.LinkedModelFileName, link?.LinkedModelFileName?.DefaultValue ?? ""),
        new(MLParameterKey.LinkedModelSearchPath, link?.LinkedModelSearchPath?.DefaultValue ?? ""),
    ];

    public static IEnumerable<MLParameterDescription> Of(NetworkUpdateParameters? update)
    {
        if (update is null)
            yield break;

        foreach (MLParameterDescription parameter in OfOptimizer(update.Optimizer))
            yield return parameter;
        if (update.Epochs is not null)
            yield return Int64(MLParameterKey.Epochs, update.Epochs);
        yield return new MLParameterDescription(MLParameterKey.Shuffle, update.Shuffle?.DefaultValue ?? false);
        if (update.Seed is not null)
            yield return Int64(MLParameterKey.Seed, update.Seed);
    }

    public static MLParameterDescription Int64(MLParameterKey key, Int64Parameter parameter) => new(
        key,
        parameter.DefaultValue,
        parameter.AllowedValuesCase switch
        {
            Int64Parameter.AllowedValuesOneofCase.Range =>
                MLNumericConstraint.Range(parameter.Range.MinValue, parameter.Range.MaxValue),
            Int64Parameter.AllowedValuesOneofCase.Set =>
                MLNumericConstraint.Set([.. parameter.Set.Values]),
            _ => null,
        });

    private static IEnumerable<MLParameterDescription> OfOptimizer(Optimizer? optimizer)
    {
        if (optimizer?.SgdOptimizer is { } sgd)
        {
            yield return Double(MLParameterKey.LearningRate, sgd.LearningRate);
            yield return Int64(MLParameterKey.MiniBatchSize, sgd.MiniBatchSize ?? new Int64Parameter());
            // A file may leave momentum out: then there is none.
            yield return Double(MLParameterKey.Momentum, sgd.Momentum);
        }
        else if (optimizer?.AdamOptimizer is { } adam)
        {
            yield return Double(MLParameterKey.LearningRate, adam.LearningRate);
            yield return Int64(MLParameterKey.MiniBatchSize, adam.MiniBatchSize ?? new Int64Parameter());
            yield return Double(MLParameterKey.Beta1, adam.Beta1);
            yield return Double(MLParameterKey.Beta2, adam.Beta2);
            yield return Double(MLParameterKey.Eps, adam.Eps);
        }
    }

    private static MLParameterDescription Double(MLParameterKey key, DoubleParameter? parameter) => new(
        key,
        parameter?.DefaultValue ?? 0.0,
        parameter?.Range is { } range ? MLNumericConstraint.Range(range.MinValue, range.MaxValue) : null);
}
