using System.Runtime.InteropServices;

namespace Attune.Models;

/// <summary>
/// Trees that add to a row of sums, compiled for speed: all nodes in one array, each tree breadth first, the two
/// children of a node side by side. A leaf is its own child, so that several trees can be walked in step for as many
/// steps as the deepest of them has, without asking who has arrived.
/// </summary>
internal sealed class TreeEnsemble
{
    // Enough walks at once to hide the time that one waits for memory.
    private const int Together = 8;

    private readonly TreeNode[] nodes;
    private readonly NodeTraits[] traits;
    private readonly (int Root, int Depth)[] trees;
    private readonly int[] firstAddend;
    private readonly Addend[] addends;
    private readonly double[] start;
    private readonly bool hasEquality;

    /// <param name="nodes">Nodes as described above.</param>
    /// <param name="traits">What <paramref name="nodes"/> has no room for, node by node.</param>
    /// <param name="trees">Where each tree begins, and its longest way down.</param>
    /// <param name="firstAddend">For each node the first of its <paramref name="addends"/>, and at the end their
    /// number.</param>
    /// <param name="addends">What leaves add.</param>
    /// <param name="start">The sums to begin with.</param>
    public TreeEnsemble(
        TreeNode[] nodes,
        NodeTraits[] traits,
        (int Root, int Depth)[] trees,
        int[] firstAddend,
        Addend[] addends,
        double[] start)
    {
        this.nodes = nodes;
        this.traits = traits;
        this.trees = trees;
        this.firstAddend = firstAddend;
        this.addends = addends;
        this.start = start;
        hasEquality = traits.AsSpan().ContainsAny(
            NodeTraits.ComparesEquality, NodeTraits.ComparesEquality | NodeTraits.MissingIsTrue);
    }

    /// <summary>How many sums there are.</summary>
    public int Dimensions => start.Length;

    /// <summary>The sums for one row; trees add in their order in the file.</summary>
    /// <param name="row">At least as many numbers as the largest feature that a node asks for.</param>
    /// <param name="sums">As many as there are dimensions.</param>
    public void Evaluate(ReadOnlySpan<double> row, Span<double> sums)
    {
        start.CopyTo(sums);
        bool plain = !hasEquality && !HasMissing(row);
        Span<int> at = stackalloc int[Together];
        for (int first = 0; first < trees.Length; first += Together)
        {
            ReadOnlySpan<(int Root, int Depth)> group =
                trees.AsSpan(first, Math.Min(Together, trees.Length - first));
            int depth = 0;
            for (int i = 0; i < group.Length; i++)
            {
                at[i] = group[i].Root;
                depth = Math.Max(depth, group[i].Depth);
            }
            if (!plain)
                WalkCarefully(row, at[..group.Length], depth);
            else if (group.Length == Together)
                Walk(row, at, depth);
            else
                Walk(row, at[..group.Length], depth);
            foreach (int leaf in at[..group.Length])
                foreach (Addend addend in addends.AsSpan(firstAddend[leaf]..firstAddend[leaf + 1]))
                    sums[addend.Dimension] += addend.Value;
        }
    }

    private void Walk(ReadOnlySpan<double> row, Span<int> at, int depth)
    {
        ReadOnlySpan<TreeNode> all = nodes;
        for (int step = 0; step < depth; step++)
            for (int i = 0; i < at.Length; i++)
            {
                ref readonly TreeNode node = ref all[at[i]];
                at[i] = node.Child + (row[node.Feature] < node.Threshold ? 1 : 0);
            }
    }

    private void WalkCarefully(ReadOnlySpan<double> row, Span<int> at, int depth)
    {
        for (int step = 0; step < depth; step++)
            for (int i = 0; i < at.Length; i++)
            {
                TreeNode node = nodes[at[i]];
                NodeTraits trait = traits[at[i]];
                double value = row[node.Feature];
                bool isTrue = double.IsNaN(value) ? trait.HasFlag(NodeTraits.MissingIsTrue)
                    : trait.HasFlag(NodeTraits.ComparesEquality) ? value == node.Threshold
                    : value < node.Threshold;
                at[i] = node.Child + (isTrue ? 1 : 0);
            }
    }

    private static bool HasMissing(ReadOnlySpan<double> row)
    {
        foreach (double value in row)
            if (double.IsNaN(value))
                return true;
        return false;
    }
}

/// <summary>A step of a walk: to <see cref="Child"/>, or where the feature is below the threshold, to the node after
/// it. A leaf has itself as child and NaN as threshold.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TreeNode(double Threshold, int Feature, int Child);

[Flags]
internal enum NodeTraits : byte
{
    None = 0,

    /// <summary>Compares for equality, not for order.</summary>
    ComparesEquality = 1,

    /// <summary>A missing feature goes where the comparison holds.</summary>
    MissingIsTrue = 2,
}

/// <summary>What a leaf adds to one of the sums.</summary>
internal readonly record struct Addend(int Dimension, double Value);
