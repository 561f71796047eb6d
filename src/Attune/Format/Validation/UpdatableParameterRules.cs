using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Rules on the optimizer and the hyper-parameters of updatable networks.</summary>
internal static class UpdatableParameterRules
{
    private const string Place = "updateParams";

    public static IEnumerable<Flaw> OptimizerKind(UpdatableNetwork network)
    {
        if (network.Update.Optimizer is not { OptimizerTypeCase: not Optimizer.OptimizerTypeOneofCase.None })
            yield return new Flaw(
                "An updatable network takes an SGD or an Adam optimizer; got none.", $"{Place}.optimizer");
    }

    public static IEnumerable<Flaw> Missing(UpdatableNetwork network)
    {
        foreach ((string name, DoubleParameter? value, bool isNeeded) in Doubles(network.Update))
            if (value is null && isNeeded)
                yield return new Flaw($"The optimizer takes the parameter {name}; the model has none.", Place);
        foreach ((string name, Int64Parameter? value, bool isCount) in Integers(network.Update))
            if (value is null && isCount)
                yield return new Flaw($"An updatable network takes the parameter {name}; the model has none.", Place);
    }

    public static IEnumerable<Flaw> Positive(UpdatableNetwork network) =>
        Counts(network).SelectMany(count => ParameterRules.Positive(count.Name, count.Value, Place));

    public static IEnumerable<Flaw> PositiveBehindDefault(UpdatableNetwork network) =>
        Counts(network).SelectMany(count => ParameterRules.PositiveBehindDefault(count.Name, count.Value, Place));

    public static IEnumerable<Flaw> Allowed(UpdatableNetwork network) =>
        Doubles(network.Update)
            .Where(parameter => parameter.Value is not null)
            .SelectMany(parameter => ParameterRules.Allowed(parameter.Name, parameter.Value!, Place))
            .Concat(Integers(network.Update)
                .Where(parameter => parameter.Value is not null)
                .SelectMany(parameter => ParameterRules.Allowed(parameter.Name, parameter.Value!, Place)));

    private static IEnumerable<(string Name, Int64Parameter Value)> Counts(UpdatableNetwork network) =>
        from parameter in Integers(network.Update)
        where parameter.IsCount && parameter.Value is not null
        select (parameter.Name, parameter.Value!);

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
}
