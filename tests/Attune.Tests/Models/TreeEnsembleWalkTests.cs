using Attune.Format.Specification;
using FsCheck.Xunit;
using Behavior = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode.Types.TreeNodeBehavior;
using Node = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode;

namespace Attune.Tests.Models;

/// <summary>The compiled trees give what a walk over the file's own nodes gives.</summary>
public sealed class TreeEnsembleWalkTests
{
    private const int Features = 5;
    private const int Dimensions = 3;

    [Property(MaxTest = 200)]
    public void Compiled_trees_equal_a_walk_over_the_nodes(int seed, bool ordersOnly)
    {
        var random = new Random(seed);
        TreeEnsembleParameters trees = Grow(random, ordersOnly);
        Model model = TabularModels.Numbers(
            model => model.TreeEnsembleRegressor = new() { TreeEnsemble = trees }, Features, Dimensions);
        MLModel loaded = TestModels.Load(model);

        for (int i = 0; i < 20; i++)
        {
            double[] row = [.. Enumerable.Range(0, Features).Select(_ => Number(random, missing: i % 2 == 0))];
            Assert.Equal(
                Walk(trees, row), TabularModels.Elements(loaded.Prediction(TabularModels.Row(row))));
        }
    }

    /// <summary>Trees of random shape, their nodes in random order and with random numbers.</summary>
    private static TreeEnsembleParameters Grow(Random random, bool ordersOnly)
    {
        TreeEnsembleParameters trees = TreeEnsembleModelTests.Parameters(
            [.. Enumerable.Range(0, Dimensions).Select(_ => random.NextDouble())]);
        var nodes = new List<Node>();
        int count = random.Next(1, 30);
        for (int tree = 0; tree < count; tree++)
        {
            int[] ids = [.. Enumerable.Range(0, 200)];
            random.Shuffle(ids);
            int next = 1;
            for (int i = 0; i < next; i++)
            {
                bool isLeaf = next > 100 || random.Next(3) == 0;
                Node node = isLeaf
                    ? TreeEnsembleModelTests.Leaf(
                        tree, ids[i],
                        [.. Enumerable.Range(0, random.Next(4))
                            .Select(_ => (random.Next(Dimensions), random.NextDouble()))])
                    : TreeEnsembleModelTests.Branch(
                        tree, ids[i], (Behavior)random.Next(ordersOnly ? 4 : 6), random.Next(Features),
                        Number(random, missing: false), ids[next++], ids[next++]);
                node.MissingValueTracksTrueChild = random.Next(2) == 0;
                nodes.Add(node);
            }
        }
        Node[] order = [.. nodes];
        random.Shuffle(order);
        // A tree's place is that of its first node; sums are added in that order, and the walk below does the same.
        trees.Nodes.Add(order);
        return trees;
    }

    // Few different numbers, so that equal ones meet.
    private static double Number(Random random, bool missing) => random.Next(missing ? 8 : 7) switch
    {
        7 => double.NaN,
        6 => double.PositiveInfinity,
        5 => double.NegativeInfinity,
        4 => -0.0,
        var small => small - 1,
    };

    internal static double[] Walk(TreeEnsembleParameters trees, double[] row)
    {
        double[] sums = [.. trees.BasePredictionValue];
        foreach (ulong tree in trees.Nodes.Select(node => node.TreeId).Distinct())
        {
            Dictionary<ulong, Node> nodes =
                trees.Nodes.Where(node => node.TreeId == tree).ToDictionary(node => node.NodeId);
            HashSet<ulong> children =
            [
                .. nodes.Values.Where(node => node.NodeBehavior != Behavior.LeafNode)
                    .SelectMany(node => new[] { node.TrueChildNodeId, node.FalseChildNodeId }),
            ];
            Node at = nodes.Values.Single(node => !children.Contains(node.NodeId));
            while (at.NodeBehavior != Behavior.LeafNode)
                at = nodes[Holds(at, row[at.BranchFeatureIndex]) ? at.TrueChildNodeId : at.FalseChildNodeId];
            foreach (Node.Types.EvaluationInfo info in at.EvaluationInfo)
                sums[info.EvaluationIndex] += info.EvaluationValue;
        }
        return sums;
    }

    private static bool Holds(Node node, double x) => double.IsNaN(x)
        ? node.MissingValueTracksTrueChild
        : node.NodeBehavior switch
        {
            Behavior.BranchOnValueLessThanEqual => x <= node.BranchFeatureValue,
            Behavior.BranchOnValueLessThan => x < node.BranchFeatureValue,
            Behavior.BranchOnValueGreaterThanEqual => x >= node.BranchFeatureValue,
            Behavior.BranchOnValueGreaterThan => x > node.BranchFeatureValue,
            Behavior.BranchOnValueEqual => x == node.BranchFeatureValue,
            _ => x != node.BranchFeatureValue,
        };
}
