using Node = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode;
using Behavior = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode.Types.TreeNodeBehavior;

namespace Attune.Models;

/// <summary>Which nodes of the file make one tree, and how they hang together. Nodes are places in the file's
/// list.</summary>
internal sealed class TreeShape
{
    private readonly Interface model;
    private readonly IReadOnlyList<Node> nodes;
    private readonly Dictionary<ulong, int> byId;

    private TreeShape(Interface model, IReadOnlyList<Node> nodes, Dictionary<ulong, int> byId)
    {
        this.model = model;
        this.nodes = nodes;
        this.byId = byId;
        Root = FindRoot();
    }

    /// <summary>The node that no branch leads to.</summary>
    public int Root { get; }

    public int TrueChild(int node) => byId[nodes[node].TrueChildNodeId];

    public int FalseChild(int node) => byId[nodes[node].FalseChildNodeId];

    /// <summary>The trees in the order in which their first nodes stand in the file.</summary>
    /// <exception cref="MLModelFormatException">A tree has two nodes of one number, a missing child, a node that two
    /// branches lead to, not one root, or a circle.</exception>
    public static IEnumerable<TreeShape> Of(Interface model, IReadOnlyList<Node> nodes)
    {
        var trees = new OrderedDictionary<ulong, Dictionary<ulong, int>>();
        for (int i = 0; i < nodes.Count; i++)
        {
            if (!trees.TryGetValue(nodes[i].TreeId, out Dictionary<ulong, int>? byId))
                trees.Add(nodes[i].TreeId, byId = []);
            if (!byId.TryAdd(nodes[i].NodeId, i))
                throw model.Wrong(
                    $"takes each node once; tree {nodes[i].TreeId} has two nodes {nodes[i].NodeId}",
                    Location(nodes[i]));
        }
        foreach (Dictionary<ulong, int> byId in trees.Values)
            yield return new TreeShape(model, nodes, byId);
    }

    private int FindRoot()
    {
        var children = new HashSet<int>();
        foreach (int index in byId.Values)
            if (nodes[index].NodeBehavior != Behavior.LeafNode)
            {
                AddChild(children, nodes[index], nodes[index].TrueChildNodeId);
                AddChild(children, nodes[index], nodes[index].FalseChildNodeId);
            }
        int[] roots = [.. byId.Values.Where(index => !children.Contains(index))];
        Node first = nodes[byId.Values.First()];
        if (roots.Length != 1)
            throw model.Wrong(
                $"takes one root per tree, a node that no branch leads to; tree {first.TreeId} has {roots.Length}",
                $"treeEnsemble, tree {first.TreeId}");
        RequireAllReached(roots[0], first.TreeId);
        return roots[0];
    }

    private void AddChild(HashSet<int> children, Node parent, ulong id)
    {
        if (!byId.TryGetValue(id, out int child))
            throw model.Wrong(
                $"takes branches that lead to nodes of their tree; node {parent.NodeId} of tree {parent.TreeId} " +
                $"leads to node {id}, which is missing", Location(parent));
        if (!children.Add(child))
            throw model.Wrong(
                $"takes one branch to each node; several lead to node {id} of tree {parent.TreeId}", Location(parent));
    }

    /// <summary>Every node has one parent, so those that the root does not reach are circles.</summary>
    private void RequireAllReached(int root, ulong treeId)
    {
        int reached = 0;
        var waiting = new Stack<int>([root]);
        while (waiting.TryPop(out int node))
        {
            reached++;
            if (nodes[node].NodeBehavior == Behavior.LeafNode)
                continue;
            waiting.Push(TrueChild(node));
            waiting.Push(FalseChild(node));
        }
        if (reached != byId.Count)
            throw model.Wrong(
                $"takes trees without circles; {byId.Count - reached} nodes of tree {treeId} are not below its root",
                $"treeEnsemble, tree {treeId}");
    }

    private static string Location(Node node) => $"treeEnsemble, tree {node.TreeId}, node {node.NodeId}";
}
