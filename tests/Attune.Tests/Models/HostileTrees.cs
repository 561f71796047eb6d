using Attune.Format.Specification;
using Behavior = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode.Types.TreeNodeBehavior;

namespace Attune.Tests.Models;

/// <summary>
/// What makes the tree 0 → (1, 2 → (3, 4)) wrong, branches 0 and 2, leaves 1, 3 and 4, two features, one dimension.
/// </summary>
internal static class HostileTrees
{
    public static readonly IReadOnlyDictionary<string, Action<TreeEnsembleParameters>> All =
        new Dictionary<string, Action<TreeEnsembleParameters>>
        {
            ["a missing child"] = trees => trees.Nodes[2].TrueChildNodeId = 77,
            ["a child in another tree"] = trees => trees.Nodes[4].TreeId = 9,
            ["a circle to the root"] = trees => trees.Nodes[2].FalseChildNodeId = 0,
            ["a branch to itself"] = trees => trees.Nodes[2].FalseChildNodeId = 2,
            ["a circle apart from the root"] = trees =>
            {
                trees.Nodes.Add(TreeEnsembleModelTests.Branch(
                    3, 5, Behavior.BranchOnValueLessThan, 0, 0, whenTrue: 6, whenFalse: 7));
                trees.Nodes.Add(TreeEnsembleModelTests.Branch(
                    3, 6, Behavior.BranchOnValueLessThan, 0, 0, whenTrue: 5, whenFalse: 8));
                trees.Nodes.Add(TreeEnsembleModelTests.Leaf(3, 7));
                trees.Nodes.Add(TreeEnsembleModelTests.Leaf(3, 8));
            },
            ["two branches to one node"] = trees => trees.Nodes[2].FalseChildNodeId = 3,
            ["both children the same"] = trees => trees.Nodes[2].TrueChildNodeId = 4,
            ["two roots"] = trees => trees.Nodes.Add(TreeEnsembleModelTests.Leaf(3, 5)),
            ["a node twice"] = trees => trees.Nodes.Add(TreeEnsembleModelTests.Leaf(3, 4)),
            ["a feature that is not there"] = trees => trees.Nodes[0].BranchFeatureIndex = 2,
            ["a feature far away"] = trees => trees.Nodes[0].BranchFeatureIndex = ulong.MaxValue,
            ["a dimension that is not there"] = trees => trees.Nodes[1].EvaluationInfo[0].EvaluationIndex = 1,
            ["a dimension far away"] = trees => trees.Nodes[1].EvaluationInfo[0].EvaluationIndex = ulong.MaxValue,
            ["an unknown behavior"] = trees => trees.Nodes[0].NodeBehavior = (Behavior)7,
            ["no dimensions"] = trees => trees.NumPredictionDimensions = 0,
            ["endless dimensions"] = trees =>
            {
                trees.BasePredictionValue.Clear();
                trees.NumPredictionDimensions = ulong.MaxValue;
            },
            ["a base too many"] = trees => trees.BasePredictionValue.Add(1),
        };
}
