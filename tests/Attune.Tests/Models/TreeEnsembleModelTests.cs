using Attune.Format.Specification;
using Behavior = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode.Types.TreeNodeBehavior;
using Node = Attune.Format.Specification.TreeEnsembleParameters.Types.TreeNode;

namespace Attune.Tests.Models;

public sealed class TreeEnsembleModelTests
{
    [Theory]
    [InlineData(Behavior.BranchOnValueLessThanEqual, true, true, false)]
    [InlineData(Behavior.BranchOnValueLessThan, true, false, false)]
    [InlineData(Behavior.BranchOnValueGreaterThanEqual, false, true, true)]
    [InlineData(Behavior.BranchOnValueGreaterThan, false, false, true)]
    [InlineData(Behavior.BranchOnValueEqual, false, true, false)]
    [InlineData(Behavior.BranchOnValueNotEqual, true, false, true)]
    internal void A_branch_compares_its_feature_with_its_value(Behavior behavior, bool below, bool equal, bool above)
    {
        foreach (double v in new[] { 3, 0, -0.0, 1e-300, -2.5, double.MaxValue, double.MinValue })
        {
            Model model = Stump(behavior, v, missingIsTrue: false);

            Assert.Equal(below, IsTrue(model, Math.BitDecrement(v)));
            Assert.Equal(equal, IsTrue(model, v));
            Assert.Equal(above, IsTrue(model, Math.BitIncrement(v)));
        }
    }

    [Theory]
    [InlineData(Behavior.BranchOnValueLessThanEqual)]
    [InlineData(Behavior.BranchOnValueLessThan)]
    [InlineData(Behavior.BranchOnValueGreaterThanEqual)]
    [InlineData(Behavior.BranchOnValueGreaterThan)]
    [InlineData(Behavior.BranchOnValueEqual)]
    [InlineData(Behavior.BranchOnValueNotEqual)]
    internal void A_missing_value_goes_where_the_branch_sends_it(Behavior behavior)
    {
        Assert.True(IsTrue(Stump(behavior, 3, missingIsTrue: true), double.NaN));
        Assert.False(IsTrue(Stump(behavior, 3, missingIsTrue: false), double.NaN));
    }

    [Fact]
    public void An_optional_feature_that_is_not_given_is_missing()
    {
        Model model = Stump(Behavior.BranchOnValueLessThan, 3, missingIsTrue: true);
        model.Description.Input.Clear();
        model.Description.Input.Add(TabularModels.Optional(TabularModels.Double("x")));

        IMLFeatureProvider output = TestModels.Load(model).Prediction(TestModels.Sample());

        Assert.Equal(1, output.GetFeatureValue("y")!.DoubleValue);
    }

    [Fact]
    public void Leaves_of_all_trees_add_to_the_base_prediction()
    {
        TreeEnsembleParameters trees = Parameters([10, 20], Leaf(0, 0, (0, 1), (1, 2)), Leaf(1, 5, (1, 4), (1, 8)));
        Model model = TabularModels.Numbers(
            model => model.TreeEnsembleRegressor = new() { TreeEnsemble = trees }, inputs: 1, outputs: 2);

        Assert.Equal(
            [11, 34], TabularModels.Elements(TestModels.Load(model).Prediction(TabularModels.Row(0)))); // 20+2+4+8
    }

    [Theory]
    [InlineData(TreeEnsemblePostEvaluationTransform.NoTransform, 0.5, 2)]
    [InlineData(TreeEnsemblePostEvaluationTransform.ClassificationSoftMax, 0.18242552380635635, 0.8175744761936437)]
    [InlineData(TreeEnsemblePostEvaluationTransform.RegressionLogistic, 0.6224593312018546, 0.8807970779778823)]
    internal void Sums_are_transformed(TreeEnsemblePostEvaluationTransform transform, double first, double second)
    {
        TreeEnsembleParameters trees = Parameters([], Leaf(0, 0, (0, 0.5), (1, 2)));
        trees.NumPredictionDimensions = 2;
        Model model = TabularModels.Numbers(
            model => model.TreeEnsembleRegressor = new() { TreeEnsemble = trees, PostEvaluationTransform = transform },
            inputs: 1,
            outputs: 2);

        TabularModels.Near(
            [first, second], TabularModels.Elements(TestModels.Load(model).Prediction(TabularModels.Row(0))), 1e-15);
    }

    [Fact]
    public void Softmax_with_zero_class_reference_puts_a_class_of_score_0_first()
    {
        Model model = Classifier(
            Parameters([Math.Log(2), Math.Log(5)], Leaf(0, 0)),
            TreeEnsemblePostEvaluationTransform.ClassificationSoftMaxWithZeroClassReference,
            "a", "b", "c");

        (object label, double[] probabilities) = TabularModels.Classify(model, [0], "a", "b", "c");

        Assert.Equal("c", label);
        TabularModels.Near([1 / 8.0, 2 / 8.0, 5 / 8.0], probabilities);
    }

    [Fact]
    public void One_number_for_two_classes_belongs_to_the_second()
    {
        TreeEnsembleParameters trees = Parameters([Math.Log(3)], Leaf(0, 0));

        TabularModels.Near([0.25, 0.75], TabularModels.Classify(
            Classifier(trees, TreeEnsemblePostEvaluationTransform.RegressionLogistic, "a", "b"), [0], "a", "b")
            .Probabilities);
        TabularModels.Near([0.7, 0.3], TabularModels.Classify(
            Classifier(Parameters([0.3], Leaf(0, 0)), TreeEnsemblePostEvaluationTransform.NoTransform, "a", "b"),
            [0], "a", "b").Probabilities);
    }

    [Fact]
    public void A_chain_of_100000_branches_is_walked_without_recursion()
    {
        const int Length = 100_000;
        var trees = Parameters([0]);
        for (int i = 0; i < Length; i++)
        {
            trees.Nodes.Add(Branch(0, 2 * i, Behavior.BranchOnValueLessThan, 0, i, 2 * i + 1, 2 * i + 2));
            trees.Nodes.Add(Leaf(0, 2 * i + 1, (0, i)));
        }
        trees.Nodes.Add(Leaf(0, 2 * Length, (0, -1)));
        MLModel model = TestModels.Load(Regressor(trees));

        Assert.Equal(
            Length - 1,
            model.Prediction(TabularModels.Row(Length - 1.5)).GetFeatureValue("y")!.DoubleValue);
        Assert.Equal(-1, model.Prediction(TabularModels.Row(Length)).GetFeatureValue("y")!.DoubleValue);
    }

    public static TheoryData<string> Spoils => [.. HostileTrees.All.Keys];

    [Theory]
    [MemberData(nameof(Spoils))]
    public void Trees_that_are_none_are_refused_at_loading(string spoil)
    {
        TreeEnsembleParameters trees = Parameters(
            [0],
            Branch(3, 0, Behavior.BranchOnValueLessThan, 1, 0, 1, 2),
            Leaf(3, 1, (0, 1)),
            Branch(3, 2, Behavior.BranchOnValueLessThan, 0, 1, 3, 4),
            Leaf(3, 3, (0, 2)),
            Leaf(3, 4, (0, 3)));
        Model model = TabularModels.Numbers(
            model => model.TreeEnsembleRegressor = new() { TreeEnsemble = trees }, inputs: 2);
        _ = TestModels.Load(model);

        HostileTrees.All[spoil](trees);

        Assert.StartsWith("treeEnsemble", TabularModels.Refusal(model).Location, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_and_dimensions_have_to_fit()
    {
        TreeEnsembleParameters trees = Parameters([0, 0], Leaf(0, 0));

        Assert.Equal("treeEnsemble.numPredictionDimensions", TabularModels.Refusal(
            Classifier(trees, TreeEnsemblePostEvaluationTransform.NoTransform, "a", "b", "c")).Location);
        Assert.Equal("postEvaluationTransform", TabularModels.Refusal(
            Classifier(trees, (TreeEnsemblePostEvaluationTransform)9, "a", "b")).Location);
    }

    internal static TreeEnsembleParameters Parameters(double[] bases, params Node[] nodes) => new()
    {
        NumPredictionDimensions = (ulong)bases.Length, BasePredictionValue = { bases }, Nodes = { nodes },
    };

    internal static Node Branch(
        int tree, int id, Behavior behavior, int feature, double value, int whenTrue, int whenFalse) => new()
        {
            TreeId = (ulong)tree, NodeId = (ulong)id, NodeBehavior = behavior, BranchFeatureIndex = (ulong)feature,
            BranchFeatureValue = value, TrueChildNodeId = (ulong)whenTrue, FalseChildNodeId = (ulong)whenFalse,
        };

    internal static Node Leaf(int tree, int id, params (int Index, double Value)[] adds) => new()
    {
        TreeId = (ulong)tree, NodeId = (ulong)id, NodeBehavior = Behavior.LeafNode,
        EvaluationInfo =
        {
            adds.Select(add => new Node.Types.EvaluationInfo
            {
                EvaluationIndex = (ulong)add.Index, EvaluationValue = add.Value,
            }),
        },
    };

    private static Model Regressor(TreeEnsembleParameters trees) => TabularModels.Numbers(
        model => model.TreeEnsembleRegressor = new() { TreeEnsemble = trees }, inputs: 1);

    private static Model Stump(Behavior behavior, double value, bool missingIsTrue)
    {
        Node root = Branch(0, 0, behavior, 0, value, 1, 2);
        root.MissingValueTracksTrueChild = missingIsTrue;
        return Regressor(Parameters([0], root, Leaf(0, 1, (0, 1)), Leaf(0, 2, (0, 0))));
    }

    private static bool IsTrue(Model stump, double x) => TabularModels.Number(stump, x) == 1;

    private static Model Classifier(
        TreeEnsembleParameters trees, TreeEnsemblePostEvaluationTransform transform, params string[] labels) =>
        TabularModels.Classifier(
            model => model.TreeEnsembleClassifier = new()
            {
                TreeEnsemble = trees, PostEvaluationTransform = transform,
                StringClassLabels = new StringVector { Vector = { labels } },
            },
            inputs: 1);
}
