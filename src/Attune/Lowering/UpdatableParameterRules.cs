using System.Globalization;
using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>Rules on the optimizer and the hyper-parameters of updatable networks.</summary>
internal static class UpdatableParameterRules
{
    public static IEnumerable<string> OptimizerKind(UpdatableNetwork network)
    {
        if (network.Update.Optimizer is not { OptimizerTypeCase: not Optimizer.OptimizerTypeOneofCase.None })
            yield return "An updatable network takes an SGD or an Adam optimizer; got none.";
    }

    public static IEnumerable<string> Missing(UpdatableNetwork network)
    {
        foreach ((string name, DoubleParameter? value, bool isNeeded) in Doubles(network.Update))
            if (value is null && isNeeded)
                yield return $"The optimizer takes the parameter {name}; the model has none.";
        foreach ((string name, Int64Parameter? value, bool isCount) in Integers(network.Update))
            if (value is null && isCount)
                yield return $"An updatable network takes the parameter {name}; the model has none.";
    }

    public static IEnumerable<string> Positive(UpdatableNetwork network) =>
        from parameter in Integers(network.Update)
        where parameter.IsCount && parameter.Value is not null
        let wrong = Mentioned(parameter.Value!).Where(value => value <= 0).ToArray()
        where wrong.Length > 0
        select $"Parameter {parameter.Name} takes numbers of 1 or more; got {string.Join(", ", wrong)}.";

    public static IEnumerable<string> Allowed(UpdatableNetwork network)
    {
        foreach ((string name, DoubleParameter? value, _) in Doubles(network.Update))
            if (value?.Range is { } range
                && !(value.DefaultValue >= range.MinValue && value.DefaultValue <= range.MaxValue))
                yield return Refusal(
                    name, Text(value.DefaultValue), $"from {Text(range.MinValue)} to {Text(range.MaxValue)}");
        foreach ((string name, Int64Parameter? value, _) in Integers(network.Update))
        {
            if (value?.Set is { } set && !set.Values.Contains(value.DefaultValue))
                yield return Refusal(name, Text(value.DefaultValue), $"{{{string.Join(", ", set.Values)}}}");
            if (value?.Range is { } range
                && (value.DefaultValue < range.MinValue || value.DefaultValue > range.MaxValue))
                yield return Refusal(
                    name, Text(value.DefaultValue), $"from {Text(range.MinValue)} to {Text(range.MaxValue)}");
        }
    }

    private static string Refusal(string name, string got, string allowed) =>
        $"The default of parameter {name} takes one of the allowed values, {allowed}; got {got}.";

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, DoubleParameter? Value, bool IsNeeded)> Doubles(
        NetworkUpdateParameters update)
    {
        if (update.Optimizer?.SgdOptimizer is { } sgd)
            return [("learningRate", sgd.LearningRate, true), ("momentum", sgd.Momentum, false)];
        if (update.Optimizer?.AdamOptimizer is { } adam)
            return
            [
                ("learningRate", adam.LearningRate, true),
                ("beta1", adam.Beta1, true),
                ("beta2", adam.Beta2, true),
                ("eps", adam.Eps, true),
            ];
        return [];
    }

    // A count is needed and positive; the seed is neither.
    private static IEnumerable<(string Name, Int64Parameter? Value, bool IsCount)> Integers(
        NetworkUpdateParameters update)
    {
        if (update.Optimizer?.SgdOptimizer is { } sgd)
            yield return ("miniBatchSize", sgd.MiniBatchSize, true);
        if (update.Optimizer?.AdamOptimizer is { } adam)
            yield return ("miniBatchSize", adam.MiniBatchSize, true);
        yield return ("epochs", update.Epochs, true);
        yield return ("seed", update.Seed, false);
    }

    private static IEnumerable<long> Mentioned(Int64Parameter parameter)
    {
        IEnumerable<long> values = [parameter.DefaultValue];
        if (parameter.Set is { } set)
            values = values.Concat(set.Values);
        if (parameter.Range is { } range)
            values = values.Append(range.MinValue).Append(range.MaxValue);
        return values.Distinct();
    }
}
