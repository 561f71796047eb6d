using Attune.Format.Specification;
using Google.Protobuf.Collections;

namespace Attune.Format.Validation;

/// <summary>The walk over the layers of a network and of those inside it.</summary>
/// <param name="document">Holds the weights that messages do not.</param>
/// <param name="features">The ranks of the model's inputs and outputs, where they count.</param>
/// <param name="report">Takes the findings.</param>
internal sealed class NetworkWalk(
    ModelDocument document, IReadOnlyDictionary<string, int> features, ValidationReport report)
{
    /// <summary>Checks layers, whose values are known in the scope afterwards.</summary>
    public void Check(IReadOnlyList<NeuralNetworkLayer> layers, string path, NetworkScope scope)
    {
        for (int i = 0; i < layers.Count && !report.IsFull; i++)
        {
            var layer = new ValidatedLayer(layers[i], $"{path}[{i}]", scope, document);
            if (scope.IsExact)
                TakeTensors(layer);
            LayerRules.Check(layer, report);
            if (layers[i].Branch is { } branch)
                CheckBranch(layer, branch);
            else if (layers[i].Loop is { } loop)
                CheckLoop(layer, loop);
            report.Check(LayerOrderRules.All, layer);
            foreach (string output in layers[i].Output)
                scope.Add(output, layers[i].Name);
        }
    }

    private void TakeTensors(ValidatedLayer layer)
    {
        report.Check(LayerTensorRules.All, new ValidatedTensors(layer, features));
        TakeTensors(layer.Layer.Input, layer.Layer.InputTensor, layer.Scope);
        TakeTensors(layer.Layer.Output, layer.Layer.OutputTensor, layer.Scope);
    }

    private static void TakeTensors(RepeatedField<string> names, RepeatedField<Tensor> tensors, NetworkScope scope)
    {
        for (int i = 0; i < Math.Min(names.Count, tensors.Count); i++)
            if (scope.Rank(names[i]) is null)
                scope.SetRank(names[i], ValidatedLayer.RankOf(tensors[i]));
    }

    // What both cases make is there afterwards; of one case alone, only what it makes anew of values that were there.
    private void CheckBranch(ValidatedLayer layer, BranchLayerParams branch)
    {
        NetworkScope scope = layer.Scope;
        var first = new NetworkScope(scope);
        var second = new NetworkScope(scope);
        Check(branch.IfBranch?.Layers ?? [], $"{layer.Parameters}.ifBranch.layers", first);
        if (branch.ElseBranch is not { Layers.Count: > 0 } other)
            return;
        Check(other.Layers, $"{layer.Parameters}.elseBranch.layers", second);
        foreach (string value in first.Own.Union(second.Own))
            if (first.Has(value) && second.Has(value))
            {
                scope.Take(value, first);
                scope.Take(value, second);
            }
    }

    // What the condition makes is there for the body and afterwards; so is, without a condition, what the body makes.
    private void CheckLoop(ValidatedLayer layer, LoopLayerParams loop)
    {
        NetworkScope scope = layer.Scope;
        bool hasCondition = loop.ConditionNetwork is { Layers.Count: > 0 };
        if (hasCondition)
        {
            var condition = new NetworkScope(scope);
            Check(loop.ConditionNetwork!.Layers, $"{layer.Parameters}.conditionNetwork.layers", condition);
            report.Check(LoopRules.All, new ValidatedLoop(layer, condition));
            foreach (string value in condition.Own)
                scope.Take(value, condition);
        }
        var body = new NetworkScope(scope) { Loops = scope.Loops + 1 };
        Check(loop.BodyNetwork?.Layers ?? [], $"{layer.Parameters}.bodyNetwork.layers", body);
        foreach (string value in body.Own.Where(value => !hasCondition || scope.Has(value)).ToArray())
            scope.Take(value, body);
    }
}
