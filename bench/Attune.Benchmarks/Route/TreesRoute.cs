using System.Text.Json.Nodes;
using Attune.Format;
using Attune.Format.Specification;
using Node = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode;

namespace Attune.Benchmarks.Route;

/// <summary>Predictions of a tree ensemble whose trees are full, one row at a time, every row another one.</summary>
internal static class TreesRoute
{
    private const int Features = 50;
    private const int Rows = 64;

    public static void Run(Arguments arguments, TextWriter output)
    {
        int trees = arguments.Count("trees", 1000);
        int depth = arguments.Count("depth", 8);
        double seconds = arguments.Number("seconds") ?? 2;
        arguments.RequireAllKnown();
        var model = MLModel.Of(ModelDocument.Of(Forest(trees, depth)));
        IMLFeatureProvider[] rows = [.. Enumerable.Range(0, Rows).Select(Row)];
        Timings times = Timings.Of(
            () =>
            {
                foreach (IMLFeatureProvider row in rows)
                    _ = model.Prediction(row);
            },
            seconds);

        JsonObject line = ResultLine.Begin("trees");
        line["trees"] = trees;
        line["depth"] = depth;
        line["features"] = Features;
        line["threads"] = 1;
        line["microseconds_per_row"] = Math.Round(times.Median / Rows * 1e6, 1);
        line["best_microseconds_per_row"] = Math.Round(times.Best / Rows * 1e6, 1);
        line["runs"] = times.Runs;
        line.Print(output);
    }

    private static IMLFeatureProvider Row(int seed)
    {
        var random = new Random(seed);
        double[] numbers = [.. Enumerable.Range(0, Features).Select(_ => random.NextDouble())];
        return new MLDictionaryFeatureProvider { ["x"] = new MLMultiArray(numbers.AsMemory(), Features) };
    }

    /// <summary>Node i has the children 2i + 1 and 2i + 2, as in a heap; thresholds are random.</summary>
    private static Model Forest(int trees, int depth)
    {
        var random = new Random(1);
        var ensemble = new TreeEnsembleParameters { NumPredictionDimensions = 1, BasePredictionValue = { 0.5 } };
        int branches = (1 << depth) - 1;
        for (int tree = 0; tree < trees; tree++)
            for (int i = 0; i < 2 * branches + 1; i++)
                ensemble.Nodes.Add(i < branches ? Branch(tree, i, random) : Leaf(tree, i, random.NextDouble()));
        var model = new Model
        {
            SpecificationVersion = 1, Description = new() { PredictedFeatureName = "y" },
            TreeEnsembleRegressor = new() { TreeEnsemble = ensemble },
        };
        model.Description.Input.Add(new FeatureDescription
        {
            Name = "x",
            Type = new()
            {
                MultiArrayType = new() { Shape = { Features }, DataType = ArrayFeatureType.Types.ArrayDataType.Double },
            },
        });
        model.Description.Output.Add(new FeatureDescription { Name = "y", Type = new() { DoubleType = new() } });
        return model;
    }

    private static Node Branch(int tree, int i, Random random) => new()
    {
        TreeId = (ulong)tree, NodeId = (ulong)i, NodeBehavior = Node.Types.TreeNodeBehavior.BranchOnValueLessThanEqual,
        BranchFeatureIndex = (ulong)random.Next(Features), BranchFeatureValue = random.NextDouble(),
        TrueChildNodeId = 2 * (ulong)i + 1, FalseChildNodeId = 2 * (ulong)i + 2,
    };

    private static Node Leaf(int tree, int i, double value) => new()
    {
        TreeId = (ulong)tree, NodeId = (ulong)i, NodeBehavior = Node.Types.TreeNodeBehavior.LeafNode,
        EvaluationInfo = { new Node.Types.EvaluationInfo { EvaluationValue = value } },
    };
}
