using Attune.Graph;
using Attune.Lowering;
using Attune.Models;
using Attune.Optimizers;

namespace Attune.Update;

/// <summary>The optimizer that the file asks for, with the parameters that are in force.</summary>
internal static class OptimizerChoice
{
    /// <summary>A function that makes it for parameters with these numbers of elements.</summary>
    public static Func<IReadOnlyList<int>, IOptimizer> Make(
        UpdateDefinition definition, ParameterTable parameters, MLUpdateOptions options)
    {
        double Value(MLParameterKey key) => (double)parameters.ValueOf(key)!;
        return definition.Optimizer == OptimizerKind.Sgd
            ? counts => new StochasticGradientDescent(Value(MLParameterKey.Momentum), counts)
            : counts => new Adam(
                Value(MLParameterKey.Beta1),
                Value(MLParameterKey.Beta2),
                Value(MLParameterKey.Eps),
                options.TextbookAdam,
                counts);
    }
}
