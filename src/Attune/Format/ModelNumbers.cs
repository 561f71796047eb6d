using Attune.Format.Specification;

namespace Attune.Format;

/// <summary>How much of something a model holds: 20 trees, 150 samples.</summary>
internal readonly record struct ModelNumber(string Name, long Count);

/// <summary>The sizes of models that are no networks.</summary>
internal static class ModelNumbers
{
    /// <summary>What there is to count in a model of its type; empty for networks and pipelines.</summary>
    public static IReadOnlyList<ModelNumber> Of(Model model) => model.TypeCase switch
    {
        Model.TypeOneofCase.TreeEnsembleClassifier => Trees(model.TreeEnsembleClassifier.TreeEnsemble),
        Model.TypeOneofCase.TreeEnsembleRegressor => Trees(model.TreeEnsembleRegressor.TreeEnsemble),
        Model.TypeOneofCase.KNearestNeighborsClassifier => Neighbours(model.KNearestNeighborsClassifier),
        Model.TypeOneofCase.GlmClassifier =>
            [new("weights", model.GlmClassifier.Weights.Sum(row => (long)row.Value.Count))],
        Model.TypeOneofCase.GlmRegressor =>
            [new("weights", model.GlmRegressor.Weights.Sum(row => (long)row.Value.Count))],
        Model.TypeOneofCase.SupportVectorClassifier =>
        [
            new(
                "support vectors",
                model.SupportVectorClassifier.NumberOfSupportVectorsPerClass.Sum(count => (long)count)),
        ],
        Model.TypeOneofCase.SupportVectorRegressor =>
            [new("coefficients", model.SupportVectorRegressor.Coefficients?.Alpha.Count ?? 0)],
        Model.TypeOneofCase.DictVectorizer =>
        [
            new("keys", Math.Max(
                model.DictVectorizer.StringToIndex?.Vector.Count ?? 0,
                model.DictVectorizer.Int64ToIndex?.Vector.Count ?? 0)),
        ],
        Model.TypeOneofCase.FeatureVectorizer => [new("inputs", model.FeatureVectorizer.InputList.Count)],
        Model.TypeOneofCase.MlProgram => Program(model),
        _ => [],
    };

    private static ModelNumber[] Trees(TreeEnsembleParameters? trees)
    {
        IEnumerable<TreeEnsembleParameters.Types.TreeNode> nodes = trees?.Nodes ?? [];
        return
        [
            new("trees", nodes.Select(node => node.TreeId).Distinct().Count()),
            new("nodes", nodes.Count()),
            new("leaves", nodes.Count(node => node.NodeBehavior
                == TreeEnsembleParameters.Types.TreeNode.Types.TreeNodeBehavior.LeafNode)),
        ];
    }

    private static ModelNumber[] Neighbours(KNearestNeighborsClassifier model) =>
    [
        new("samples", model.NearestNeighborsIndex?.FloatSamples.Count ?? 0),
        new("dimensions", model.NearestNeighborsIndex?.NumberOfDimensions ?? 0),
        new("neighbours", model.NumberOfNeighbors?.DefaultValue ?? 0),
    ];

    private static ModelNumber[] Program(Model model) =>
    [
        new("functions", model.MlProgram.Functions.Count),
        new("operations", ModelFacts.Histogram(model).Values.Sum(count => (long)count)),
    ];
}
