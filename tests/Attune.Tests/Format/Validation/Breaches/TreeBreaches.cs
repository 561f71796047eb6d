using Attune.Format.Specification;
using Node = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on tree ensembles, in a tree that is one leaf.</summary>
internal static class TreeBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        Of("tree.dimensions", trees => trees.NumPredictionDimensions = 0),
        Of("tree.base", trees => trees.BasePredictionValue.Add([1, 2])),
        new(
            "tree.labels",
            () => Models.Of(Number("x"), Text("label"), model => model.TreeEnsembleClassifier =
                new() { TreeEnsemble = OneLeaf(), StringClassLabels = Models.Labels() }),
            model => model.TreeEnsembleClassifier.StringClassLabels.Vector.Add("c")),
        Of("tree.leaf", trees => trees.Nodes[0].EvaluationInfo.Clear()),
        Of("tree.behaviour", trees => trees.Nodes[0].NodeBehavior = (Node.Types.TreeNodeBehavior)7),
        Of("tree.structure", trees => trees.Nodes.Add(trees.Nodes[0].Clone())),
    ];

    private static Breach Of(string rule, Action<TreeEnsembleParameters> spoil) => new(
        rule,
        () => Models.Of(
            Number("x"), Number("y"), model => model.TreeEnsembleRegressor = new() { TreeEnsemble = OneLeaf() }),
        model => spoil(model.TreeEnsembleRegressor.TreeEnsemble));

    private static TreeEnsembleParameters OneLeaf() => new()
    {
        NumPredictionDimensions = 1,
        Nodes =
        {
            new Node
            {
                NodeBehavior = Node.Types.TreeNodeBehavior.LeafNode,
                EvaluationInfo = { new Node.Types.EvaluationInfo { EvaluationValue = 1 } },
            },
        },
    };
}
