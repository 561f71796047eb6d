using Attune.Format.Specification;
using Node = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode;

namespace Attune.Format.Validation;

/// <summary>The nodes of a tree ensemble, found by their numbers, with their parents.</summary>
internal sealed class TreeStructure
{
    private readonly Dictionary<(ulong Tree, ulong Node), int> places;

    private TreeStructure(TreeEnsembleParameters trees)
    {
        Trees = trees;
        places = new Dictionary<(ulong, ulong), int>(trees.Nodes.Count);
        Parents = new int[trees.Nodes.Count];
        Array.Fill(Parents, -1);
        for (int i = 0; i < trees.Nodes.Count; i++)
            if (!places.TryAdd((trees.Nodes[i].TreeId, trees.Nodes[i].NodeId), i))
                Repeated.Add(i);
        for (int i = 0; i < trees.Nodes.Count; i++)
            if (trees.Nodes[i].NodeBehavior != Node.Types.TreeNodeBehavior.LeafNode)
                foreach (ulong child in Children(trees.Nodes[i]))
                    Take(i, child);
    }

    public TreeEnsembleParameters Trees { get; }

    /// <summary>For each node its parent; -1 for roots.</summary>
    public int[] Parents { get; }

    /// <summary>Nodes with numbers that a node before them has.</summary>
    public List<int> Repeated { get; } = [];

    /// <summary>Nodes with a child that is not there.</summary>
    public List<int> Childless { get; } = [];

    /// <summary>Nodes with a child that another node has, or that is the node itself.</summary>
    public List<int> Sharing { get; } = [];

    public static TreeStructure Of(Model model) => new(Parameters(model));

    public static TreeEnsembleParameters Parameters(Model model) =>
        model.TreeEnsembleClassifier?.TreeEnsemble ?? model.TreeEnsembleRegressor?.TreeEnsemble
        ?? new TreeEnsembleParameters();

    /// <summary>Nodes from which no way leads up to a root, as each is above itself.</summary>
    public IEnumerable<int> Circling()
    {
        // 1: leads to a root; 2: does not; 3: on the way that is gone now.
        byte[] states = new byte[Parents.Length];
        var way = new List<int>();
        for (int i = 0; i < Parents.Length; i++)
        {
            int place = i;
            way.Clear();
            while (place >= 0 && states[place] == 0)
            {
                states[place] = 3;
                way.Add(place);
                place = Parents[place];
            }
            byte end = place < 0 || states[place] == 1 ? (byte)1 : (byte)2;
            foreach (int passed in way)
                states[passed] = end;
        }
        for (int i = 0; i < states.Length; i++)
            if (states[i] == 2)
                yield return i;
    }

    private void Take(int parent, ulong child)
    {
        if (!places.TryGetValue((Trees.Nodes[parent].TreeId, child), out int place))
            Childless.Add(parent);
        else if (place == parent || Parents[place] >= 0)
            Sharing.Add(parent);
        else
            Parents[place] = parent;
    }

    private static ulong[] Children(Node node) => [node.FalseChildNodeId, node.TrueChildNodeId];
}
