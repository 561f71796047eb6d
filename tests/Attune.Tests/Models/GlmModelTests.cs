using Attune.Format.Specification;
using ClassTransform = Attune.Format.Specification.GLMClassifier.Types.PostEvaluationTransform;
using Encoding = Attune.Format.Specification.GLMClassifier.Types.ClassEncoding;
using Transform = Attune.Format.Specification.GLMRegressor.Types.PostEvaluationTransform;

namespace Attune.Tests.Models;

public sealed class GlmModelTests
{
    // Φ(0.5) and Φ(1) as in tables of the normal distribution.
    private const double ProbitOfHalf = 0.6914624612740131;
    private const double ProbitOfOne = 0.8413447460685429;

    [Theory]
    [InlineData(Transform.NoTransform, 0.5)] // 2·1 − 1·3 + 1.5
    [InlineData(Transform.Logit, 0.62245933120185459)] // 1 / (1 + e^−0.5)
    [InlineData(Transform.Probit, ProbitOfHalf)]
    internal void A_regressor_adds_weighted_inputs_and_transforms_the_sum(Transform transform, double expected)
    {
        Model model = TabularModels.Numbers(
            model => model.GlmRegressor = Regressor(transform, ([2, -1], 1.5)), inputs: 2);

        Assert.Equal(expected, TabularModels.Number(model, 1, 3), 1e-15);
    }

    [Fact]
    public void A_regressor_of_several_targets_gives_an_array()
    {
        Model model = TabularModels.Numbers(
            model => model.GlmRegressor = Regressor(Transform.NoTransform, ([2, -1], 1), ([0, 3], -2)),
            inputs: 2,
            outputs: 2);

        IMLFeatureProvider output = TestModels.Load(model).Prediction(TabularModels.Row(1, 3));

        Assert.Equal([0, 7], TabularModels.Elements(output)); // 2−3+1; 9−2
    }

    [Fact]
    public void Numbers_and_arrays_enter_side_by_side_in_the_order_of_the_description()
    {
        Model model = TabularModels.Model(
            model => model.GlmRegressor = Regressor(Transform.NoTransform, ([1, 10, 100, 1000], 0)),
            [TabularModels.Double("b"), TabularModels.Array("a", 2), TabularModels.Int64("c")],
            [TabularModels.Double("y")]);

        IMLFeatureProvider output = TestModels.Load(model).Prediction(TestModels.Sample(
            ("a", TestModels.Tensor([2, 3], 1, 2)), ("b", 1.0), ("c", 4L)));

        Assert.Equal(4321, output.GetFeatureValue("y")!.DoubleValue);
    }

    [Theory]
    [InlineData(Encoding.ReferenceClass)]
    [InlineData(Encoding.OneVsRest)]
    internal void One_row_for_two_classes_speaks_for_the_second(Encoding encoding)
    {
        Model logit = Classifier(ClassTransform.Logit, encoding, 2, ([1, 1], -2));
        Model probit = Classifier(ClassTransform.Probit, encoding, 2, ([1, 1], -2));

        (object label, double[] odds) = TabularModels.Classify(logit, [1, 2], "a", "b"); // score 1
        double[] normal = TabularModels.Classify(probit, [1, 2], "a", "b").Probabilities;

        Assert.Equal("b", label);
        TabularModels.Near([0.2689414213699951, 0.7310585786300049], odds); // 1 / (1 + e), e / (1 + e)
        TabularModels.Near([1 - ProbitOfOne, ProbitOfOne], normal);
        Assert.Equal("a", TabularModels.Classify(logit, [0, 0], "a", "b").Label);
    }

    [Fact]
    public void With_a_reference_class_the_first_of_three_scores_nothing()
    {
        Model model = Classifier(ClassTransform.Logit, Encoding.ReferenceClass, 3, ([1, 0], 0), ([0, 1], 0));

        (object label, double[] probabilities) =
            TabularModels.Classify(model, [Math.Log(2), Math.Log(5)], "a", "b", "c");

        Assert.Equal("c", label);
        TabularModels.Near([1 / 8.0, 2 / 8.0, 5 / 8.0], probabilities); // e^0, e^ln 2, e^ln 5
    }

    [Fact]
    public void One_against_the_rest_normalises_the_links()
    {
        Model logit = Classifier(ClassTransform.Logit, Encoding.OneVsRest, 3, ([1, 0], 0), ([0, 1], 0), ([0, 0], 0));
        Model probit = Classifier(ClassTransform.Probit, Encoding.OneVsRest, 3, ([1, 0], 0), ([0, 1], 0), ([0, 0], 0));

        double[] odds = TabularModels.Classify(logit, [Math.Log(3), -Math.Log(3)], "a", "b", "c").Probabilities;
        double[] normal = TabularModels.Classify(probit, [1, -1], "a", "b", "c").Probabilities;

        TabularModels.Near([0.75 / 1.5, 0.25 / 1.5, 0.5 / 1.5], odds); // 3/4, 1/4, 1/2
        TabularModels.Near([ProbitOfOne / 1.5, (1 - ProbitOfOne) / 1.5, 0.5 / 1.5], normal);
    }

    [Fact]
    public void The_label_is_the_best_score_also_where_all_links_are_1()
    {
        Model model = Classifier(
            ClassTransform.Logit, Encoding.OneVsRest, 3, ([100, 0], 0), ([101, 0], 0), ([0, 0], 0));

        Assert.Equal("b", TabularModels.Classify(model, [1, 0]).Label); // 1 / (1 + e^−100) is 1 in double
    }

    [Fact]
    public void Labels_may_be_integers()
    {
        Model model = TabularModels.Classifier(
            model => model.GlmClassifier = new GLMClassifier
            {
                Weights = { new GLMClassifier.Types.DoubleArray { Value = { 1.0 } } }, Offset = { 0 },
                Int64ClassLabels = new Int64Vector { Vector = { 7, -3 } },
            },
            inputs: 1,
            integers: true);

        (object label, double[] probabilities) = TabularModels.Classify(model, [Math.Log(3)], 7L, -3L);

        Assert.Equal(-3L, label);
        TabularModels.Near([0.25, 0.75], probabilities);
        Assert.Equal([7L, -3L], TestModels.Load(model).ModelDescription.ClassLabels);
    }

    [Fact]
    public void Rows_and_offsets_that_do_not_fit_are_refused_at_loading()
    {
        Assert.Contains("3 weights a row; row 0 has 2", TabularModels.Refusal(TabularModels.Numbers(
            model => model.GlmRegressor = Regressor(Transform.NoTransform, ([1, 2], 0)), inputs: 3)).Message);
        Assert.Contains("none", TabularModels.Refusal(TabularModels.Numbers(
            model => model.GlmRegressor = new GLMRegressor(), inputs: 3)).Message);
        GLMRegressor noOffset = Regressor(Transform.NoTransform, ([1], 0));
        noOffset.Offset.Clear();
        Assert.Contains("offset", TabularModels.Refusal(
            TabularModels.Numbers(model => model.GlmRegressor = noOffset, inputs: 1)).Message);
        Assert.Equal("weights", TabularModels.Refusal(
            Classifier(ClassTransform.Logit, Encoding.ReferenceClass, 4, ([1], 0))).Location);
        Assert.Contains("makes 2 numbers", TabularModels.Refusal(TabularModels.Numbers(
            model => model.GlmRegressor = Regressor(Transform.NoTransform, ([1], 0), ([1], 0)), inputs: 1)).Message);
    }

    private static GLMRegressor Regressor(Transform transform, params (double[] Weights, double Offset)[] rows)
    {
        var regressor = new GLMRegressor { PostEvaluationTransform = transform };
        foreach ((double[] weights, double offset) in rows)
        {
            regressor.Weights.Add(new GLMRegressor.Types.DoubleArray { Value = { weights } });
            regressor.Offset.Add(offset);
        }
        return regressor;
    }

    private static Model Classifier(
        ClassTransform transform, Encoding encoding, int classes, params (double[] Weights, double Offset)[] rows)
    {
        var classifier = new GLMClassifier
        {
            PostEvaluationTransform = transform, ClassEncoding = encoding,
            StringClassLabels = new StringVector { Vector = { new[] { "a", "b", "c", "d" }[..classes] } },
        };
        foreach ((double[] weights, double offset) in rows)
        {
            classifier.Weights.Add(new GLMClassifier.Types.DoubleArray { Value = { weights } });
            classifier.Offset.Add(offset);
        }
        return TabularModels.Classifier(model => model.GlmClassifier = classifier, rows[0].Weights.Length);
    }
}
