using Attune.Format.Specification;
using Node = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode;
using Behavior = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode.Types.TreeNodeBehavior;

namespace Attune.Models;

/// <summary>
/// Checks the trees of a file and compiles them. Each tree has one root and every node of it hangs on one branch, so
/// that no walk is endless. Depth is the file's business: nothing here recurses.
/// </summary>
internal sealed class TreeBuilder
{
    private const int MostDimensions = 1 << 20;

    private readonly Interface model;
    private readonly TreeEnsembleParameters file;
    private readonly int? width;
    private readonly int dimensions;
    private readonly TreeNode[] nodes;
    private readonly NodeTraits[] traits;
    private readonly int[] firstAddend;
    private readonly List<Addend> addends = [];
    private readonly List<(int Root, int Depth)> trees = [];
    private int count;

    private TreeBuilder(Interface model, TreeEnsembleParameters file, int? width)
    {
        this.model = model;
        this.file = file;
        this.width = width;
        dimensions = ReadDimensions();
        nodes = new TreeNode[file.Nodes.Count];
        traits = new NodeTraits[file.Nodes.Count];
        firstAddend = new int[file.Nodes.Count + 1];
    }

    /// <summary>One more than the largest feature that a node asks for.</summary>
    public int WidthNeeded { get; private set; }

    /// <param name="model">Names the model in messages.</param>
    /// <param name="file">The trees; null counts as none.</param>
    /// <param name="width">How many features there are; null if that is known only when they are there.</param>
    /// <param name="widthNeeded">How many features the trees ask for.</param>
    /// <exception cref="MLModelFormatException">The trees are no trees, or point outside of their bounds.</exception>
    public static TreeEnsemble Build(
        Interface model, TreeEnsembleParameters? file, int? width, out int widthNeeded)
    {
        var builder = new TreeBuilder(model, file ?? new TreeEnsembleParameters(), width);
        TreeEnsemble built = builder.Build();
        widthNeeded = builder.WidthNeeded;
        return built;
    }

    private TreeEnsemble Build()
    {
        foreach (TreeShape tree in TreeShape.Of(model, file.Nodes))
            Add(tree);
        firstAddend[count] = addends.Count;
        var start = new double[dimensions];
        file.BasePredictionValue.CopyTo(start, 0);
        return new TreeEnsemble(nodes, traits, [.. trees], firstAddend, [.. addends], start);
    }

    private int ReadDimensions()
    {
        ulong dimensions = file.NumPredictionDimensions;
        if (dimensions is 0 or > MostDimensions)
            throw model.Wrong(
                $"takes 1 to {MostDimensions} prediction dimensions; the file says {dimensions}",
                "treeEnsemble.numPredictionDimensions");
        int bases = file.BasePredictionValue.Count;
        return bases == 0 || bases == (int)dimensions
            ? (int)dimensions
            : throw model.Wrong(
                $"takes {dimensions} base prediction values, one per dimension, or none; the file has {bases}",
                "treeEnsemble.basePredictionValue");
    }

    /// <summary>Places the nodes breadth first; both children of a node get their places when it is written.</summary>
    private void Add(TreeShape tree)
    {
        int root = count;
        int depth = 0;
        int levelEnd = ++count;
        var waiting = new Queue<int>([tree.Root]);
        for (int place = root; place < count; place++)
        {
            if (place == levelEnd)
            {
                depth++;
                levelEnd = count;
            }
            int index = waiting.Dequeue();
            Node node = file.Nodes[index];
            firstAddend[place] = addends.Count;
            if (node.NodeBehavior == Behavior.LeafNode)
                AddLeaf(node, place);
            else
                AddBranch(node, place, tree.TrueChild(index), tree.FalseChild(index), waiting);
        }
        trees.Add((root, depth));
    }

    private void AddLeaf(Node node, int place)
    {
        nodes[place] = new TreeNode(double.NaN, 0, place);
        foreach (Node.Types.EvaluationInfo info in node.EvaluationInfo)
        {
            if (info.EvaluationIndex >= (ulong)dimensions)
                throw model.Wrong(
                    $"takes evaluation indices from 0 to {dimensions - 1}; node {node.NodeId} of tree {node.TreeId} " +
                    $"has {info.EvaluationIndex}", Location(node));
            addends.Add(new Addend((int)info.EvaluationIndex, info.EvaluationValue));
        }
    }

    private void AddBranch(Node node, int place, int whenTrue, int whenFalse, Queue<int> waiting)
    {
        if (node.BranchFeatureIndex >= (ulong)(width ?? int.MaxValue))
            throw model.Wrong(
                $"has {width ?? int.MaxValue} features; node {node.NodeId} of tree {node.TreeId} asks for number " +
                $"{node.BranchFeatureIndex}, counted from 0", Location(node));
        int feature = (int)node.BranchFeatureIndex;
        WidthNeeded = Math.Max(WidthNeeded, feature + 1);
        (double threshold, bool isEquality, bool isNegated) = Comparison(node);
        // The child at the second place is the one where the comparison below holds.
        waiting.Enqueue(isNegated ? whenTrue : whenFalse);
        waiting.Enqueue(isNegated ? whenFalse : whenTrue);
        nodes[place] = new TreeNode(threshold, feature, count);
        traits[place] = (isEquality ? NodeTraits.ComparesEquality : NodeTraits.None)
            | (node.MissingValueTracksTrueChild != isNegated ? NodeTraits.MissingIsTrue : NodeTraits.None);
        count += 2;
    }

    /// <summary>
    /// Every comparison as x &lt; threshold or x = threshold, or the opposite of one: x ≤ v is x &lt; the number after
    /// v. A comparison with NaN never holds, and neither does x &lt; NaN.
    /// </summary>
    private (double Threshold, bool IsEquality, bool IsNegated) Comparison(Node node)
    {
        double v = node.BranchFeatureValue;
        return node.NodeBehavior switch
        {
            Behavior.BranchOnValueLessThan => (v, false, false),
            Behavior.BranchOnValueLessThanEqual when double.IsPositiveInfinity(v) => (double.NaN, false, true),
            Behavior.BranchOnValueLessThanEqual => (Math.BitIncrement(v), false, false),
            Behavior.BranchOnValueGreaterThan when double.IsPositiveInfinity(v) => (double.NaN, false, false),
            Behavior.BranchOnValueGreaterThan when !double.IsNaN(v) => (Math.BitIncrement(v), false, true),
            Behavior.BranchOnValueGreaterThanEqual when !double.IsNaN(v) => (v, false, true),
            Behavior.BranchOnValueGreaterThan or Behavior.BranchOnValueGreaterThanEqual => (v, false, false),
            Behavior.BranchOnValueEqual => (v, true, false),
            Behavior.BranchOnValueNotEqual => (v, true, true),
            _ => throw model.Wrong(
                $"takes a behavior that is known; node {node.NodeId} of tree {node.TreeId} has " +
                $"{(int)node.NodeBehavior}", Location(node)),
        };
    }

    private static string Location(Node node) => $"treeEnsemble, tree {node.TreeId}, node {node.NodeId}";
}
