using Attune.Format.Specification;
using Node = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode;

namespace Attune.Format.Validation;

/// <summary>Rules on tree ensembles.</summary>
internal static class TreeRules
{
    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } = OwnChecks.Follow(
    [
        new(
            "tree.dimensions",
            "An ensemble predicts one number or more.",
            "Set numPredictionDimensions.",
            Dimensions),
        new(
            "tree.base",
            "There are as many base predictions as dimensions, or none.",
            "Correct basePredictionValue.",
            Base),
        new(
            "tree.labels",
            "An ensemble has a dimension for each label, or one for two labels.",
            "Correct the labels, or numPredictionDimensions.",
            Labels),
        new(
            "tree.leaf",
            "A leaf has a value or more, each for another dimension that there is.",
            "Correct evaluationInfo.",
            Leaves),
        new(
            "tree.behaviour",
            "Nodes compare in a way that is known, or are leaves.",
            "Correct nodeBehavior.",
            Behaviour),
        new(
            "tree.structure",
            "Nodes have numbers of their own, children that are there and that no other node has; each tree has one " +
            "root, from which all of its nodes are reached.",
            "Correct the numbers of the nodes.",
            Structure),
    ]);

    private static IEnumerable<Flaw> Dimensions(ValidatedModel model)
    {
        if (TreeStructure.Parameters(model.Model).NumPredictionDimensions == 0)
            yield return new Flaw("A tree ensemble takes one dimension or more; got 0.", "treeEnsemble");
    }

    private static IEnumerable<Flaw> Base(ValidatedModel model)
    {
        TreeEnsembleParameters trees = TreeStructure.Parameters(model.Model);
        int count = trees.BasePredictionValue.Count;
        if (count > 0 && (ulong)count != trees.NumPredictionDimensions)
            yield return new Flaw(
                $"A tree ensemble of {trees.NumPredictionDimensions} dimensions takes as many base predictions; " +
                $"got {count}.",
                "treeEnsemble.basePredictionValue");
    }

    private static IEnumerable<Flaw> Labels(ValidatedModel model)
    {
        if (model.Model.TreeEnsembleClassifier is not { } classifier)
            yield break;
        ulong labels = (ulong)ClassLabels.Of(classifier.StringClassLabels, classifier.Int64ClassLabels).Count;
        ulong dimensions = TreeStructure.Parameters(model.Model).NumPredictionDimensions;
        if (labels > 0 && dimensions > 0 && !(dimensions == 1 ? labels == 2 : labels == dimensions))
            yield return new Flaw($"A tree ensemble of {dimensions} dimensions takes as many labels; got {labels}.");
    }

    private static IEnumerable<Flaw> Leaves(ValidatedModel model)
    {
        TreeEnsembleParameters trees = TreeStructure.Parameters(model.Model);
        for (int i = 0; i < trees.Nodes.Count; i++)
        {
            Node node = trees.Nodes[i];
            if (node.NodeBehavior != Node.Types.TreeNodeBehavior.LeafNode)
                continue;
            bool isRight = node.EvaluationInfo.Count == 1
                ? node.EvaluationInfo[0].EvaluationIndex < trees.NumPredictionDimensions
                : node.EvaluationInfo.Count > 0
                    && node.EvaluationInfo.All(value => value.EvaluationIndex < trees.NumPredictionDimensions)
                    && node.EvaluationInfo.Select(value => value.EvaluationIndex).Distinct().Count()
                        == node.EvaluationInfo.Count;
            if (!isRight)
                yield return new Flaw(
                    $"A leaf takes a value for each of some of {trees.NumPredictionDimensions} dimensions; got " +
                    $"{node.EvaluationInfo.Count} for others or the same.",
                    Place(i, node));
        }
    }

    private static IEnumerable<Flaw> Behaviour(ValidatedModel model)
    {
        TreeEnsembleParameters trees = TreeStructure.Parameters(model.Model);
        for (int i = 0; i < trees.Nodes.Count; i++)
            if ((int)trees.Nodes[i].NodeBehavior is < 0 or > (int)Node.Types.TreeNodeBehavior.LeafNode)
                yield return new Flaw(
                    $"A node takes a behaviour that is known; got {(int)trees.Nodes[i].NodeBehavior}.",
                    Place(i, trees.Nodes[i]));
    }

    private static IEnumerable<Flaw> Structure(ValidatedModel model)
    {
        TreeStructure structure = TreeStructure.Of(model.Model);
        foreach (int node in structure.Repeated)
            yield return At(structure, node, "A node takes a number of its own; another node has this one.");
        foreach (int node in structure.Childless)
            yield return At(structure, node, "A branch takes two children; one of them is not there.");
        foreach (int node in structure.Sharing)
            yield return At(structure, node, "A branch takes children of its own; one is another's, or itself.");
        foreach (int node in structure.Circling())
            yield return At(structure, node, "A node takes a way from a root; this one has none.");
        var roots = new HashSet<ulong>();
        for (int i = 0; i < structure.Parents.Length; i++)
            if (structure.Parents[i] < 0 && !roots.Add(structure.Trees.Nodes[i].TreeId))
                yield return At(structure, i, "A tree takes one root; this node is another.");
    }

    private static Flaw At(TreeStructure structure, int node, string message) =>
        new(message, Place(node, structure.Trees.Nodes[node]));

    private static string Place(int index, Node node) =>
        $"treeEnsemble.nodes[{index}] (tree {node.TreeId}, node {node.NodeId})";
}
