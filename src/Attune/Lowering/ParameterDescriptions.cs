using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>The hyper-parameters that an updatable network's file describes: defaults and what is allowed.</summary>
internal static class ParameterDescriptions
{
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
