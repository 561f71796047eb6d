using Attune.Format.Specification;

namespace Attune.Tests.Models;

/// <summary>Predictions of nearest-neighbours classifiers, worked out by hand.</summary>
public class NearestNeighborsTests
{
    [Fact]
    public void Near_neighbours_count_for_more_than_far_ones()
    {
        MLModel model = TestModels.Load(
            NeighborModels.Classifier(1, ("near", [1]), ("far", [4]), ("far", [-5]), ("out", [100])));

        // Distances 1, 4, 5: votes 1 against 1/4 + 1/5; together 1.45.
        IReadOnlyDictionary<object, double> shares = NeighborModels.SharesOf(model, 0);
        Assert.Equal("near", NeighborModels.LabelOf(model, 0));
        Assert.Equal(1 / 1.45, shares["near"], 12);
        Assert.Equal(0.45 / 1.45, shares["far"], 12);
        Assert.Equal(0, shares["out"]);
    }

    [Fact]
    public void Uniform_weighting_counts_heads()
    {
        MLModel model = TestModels.Load(NeighborModels.Numbered(1, (7, [1]), (8, [4]), (8, [-5]), (9, [100])));
        IMLFeatureProvider output = model.Prediction(NeighborModels.Point(0));

        Assert.Equal(8, output.GetFeatureValue("label")!.Int64Value);
        Assert.Equal(2 / 3.0, output.GetFeatureValue("labelProbs")!.DictionaryValue[8L], 12);
    }

    [Fact]
    public void Of_labels_with_as_many_votes_the_nearer_one_wins_and_then_the_earlier()
    {
        Model even = NeighborModels.Numbered(1, (2, [5]), (1, [4]));
        Model same = NeighborModels.Numbered(1, (2, [4]), (1, [-4]));

        Assert.Equal(1, TestModels.Load(even).Prediction(NeighborModels.Point(0)).GetFeatureValue("label")!.Int64Value);
        Assert.Equal(2, TestModels.Load(same).Prediction(NeighborModels.Point(0)).GetFeatureValue("label")!.Int64Value);
    }

    [Fact]
    public void Samples_at_no_distance_vote_alone()
    {
        MLModel model = TestModels.Load(
            NeighborModels.Classifier(1, ("other", [0.001f]), ("same", [0]), ("third", [0])));

        IReadOnlyDictionary<object, double> shares = NeighborModels.SharesOf(model, 0);
        Assert.Equal("same", NeighborModels.LabelOf(model, 0));
        Assert.Equal([0, 0.5, 0.5], [shares["other"], shares["same"], shares["third"]]);
    }

    [Fact]
    public void Of_samples_as_far_away_the_earlier_is_the_neighbour()
    {
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.NumberOfNeighbors] = 1 } };
        MLModel model = TestModels.Load(NeighborModels.Classifier(1, ("first", [1]), ("second", [-1])), configuration);

        Assert.Equal("first", NeighborModels.LabelOf(model, 0));
    }

    [Fact]
    public void More_neighbours_than_samples_are_all_samples()
    {
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.NumberOfNeighbors] = 10 } };
        MLModel model = TestModels.Load(NeighborModels.Classifier(1, ("a", [1]), ("b", [3])), configuration);

        Assert.Equal(0.75, NeighborModels.SharesOf(model, 0)["a"], 12); // 1 of 1 + 1/3
        Assert.Equal(10L, model.ParameterValue(MLParameterKey.NumberOfNeighbors));
    }

    [Fact]
    public void A_model_without_samples_predicts_its_default_label()
    {
        MLModel model = TestModels.Load(NeighborModels.Classifier(2));

        Assert.Equal("unknown", NeighborModels.LabelOf(model, 1, 2));
        Assert.Equal(1, NeighborModels.SharesOf(model, 1, 2)["unknown"]);
        Assert.Empty(model.ModelDescription.ClassLabels!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void A_number_of_neighbours_that_the_file_does_not_allow_is_refused(int number)
    {
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.NumberOfNeighbors] = number } };

        Assert.Throws<ArgumentOutOfRangeException>(
            () => TestModels.Load(NeighborModels.Classifier(1, ("a", [1])), configuration));
    }

    [Fact]
    public void The_angle_counts_alone_where_cosine_is_asked_for()
    {
        Model file = NeighborModels.Classifier(2, ("long", [100, 1]), ("near", [1, 2]), ("zero", [0, 0]));
        var cosine = new MLModelConfiguration
        {
            NeighborDistance = MLNeighborDistance.Cosine,
            Parameters = { [MLParameterKey.NumberOfNeighbors] = 1 },
        };
        var euclidean = new MLModelConfiguration { Parameters = { [MLParameterKey.NumberOfNeighbors] = 1 } };

        Assert.Equal("long", NeighborModels.LabelOf(TestModels.Load(file, cosine), 1, 0));
        Assert.Equal("zero", NeighborModels.LabelOf(TestModels.Load(file, euclidean), 1, 0));
        Assert.Equal("zero", NeighborModels.LabelOf(TestModels.Load(file, cosine), 0, 0));
    }

    [Theory]
    [InlineData(new float[] { 1 })]
    [InlineData(new float[] { 1, 2, 3 })]
    [InlineData(new float[] { 1, float.NaN })]
    [InlineData(new float[] { float.PositiveInfinity, 1 })]
    public void A_point_that_is_no_sample_is_refused(float[] point)
    {
        MLModel model = TestModels.Load(NeighborModels.Classifier(2, ("a", [1, 2])));

        Assert.Equal(
            "x", Assert.Throws<MLFeatureException>(() => NeighborModels.LabelOf(model, point)).FeatureName);
    }

    private static readonly Dictionary<string, Action<KNearestNeighborsClassifier>> Breaks = new()
    {
        ["no index"] = message => message.NearestNeighborsIndex = null,
        ["no dimensions"] = message => message.NearestNeighborsIndex.NumberOfDimensions = 0,
        ["negative dimensions"] = message => message.NearestNeighborsIndex.NumberOfDimensions = -2,
        ["another dimension"] = message => message.NearestNeighborsIndex.NumberOfDimensions = int.MaxValue,
        ["short sample"] = message => message.NearestNeighborsIndex.FloatSamples[1].Vector.RemoveAt(0),
        ["infinite"] = message => message.NearestNeighborsIndex.FloatSamples[1].Vector[0] = float.NegativeInfinity,
        ["label missing"] = message => message.StringClassLabels.Vector.RemoveAt(0),
        ["no labels"] = message => message.StringClassLabels = null,
        ["other labels"] = message => message.Int64ClassLabels = new() { Vector = { 1, 2 } },
        ["other default"] = message => message.DefaultInt64Label = 3,
        ["leaves"] = message => message.NearestNeighborsIndex.SingleKdTreeIndex = new(),
        ["no search"] = message => message.NearestNeighborsIndex.LinearIndex = null,
        ["no distance"] = message => message.NearestNeighborsIndex.SquaredEuclideanDistance = null,
        ["no weighting"] = message => message.ClearWeightingScheme(),
        ["no neighbours"] = message => message.NumberOfNeighbors = null,
        ["zero neighbours"] = message => message.NumberOfNeighbors.DefaultValue = 0,
    };

    public static TheoryData<string> Contradictions => [.. Breaks.Keys];

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_file_that_contradicts_itself_is_refused(string contradiction)
    {
        Model model = NeighborModels.Classifier(2, ("a", [1, 2]), ("b", [3, 4]));
        Breaks[contradiction](model.KNearestNeighborsClassifier);

        Assert.Throws<MLModelFormatException>(() => TestModels.Load(model));
    }

    [Fact]
    public void A_file_without_samples_and_default_label_is_refused()
    {
        Model model = NeighborModels.Classifier(2);
        model.KNearestNeighborsClassifier.ClearDefaultClassLabel();

        Assert.Throws<MLModelFormatException>(() => TestModels.Load(model));
    }
}
