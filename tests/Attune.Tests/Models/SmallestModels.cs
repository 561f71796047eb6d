using Attune.Format.Specification;

namespace Attune.Tests.Models;

/// <summary>One small model of every type that is no network.</summary>
internal static class SmallestModels
{
    public static IEnumerable<Model> All =>
    [
        TabularModels.Numbers(model => model.GlmRegressor = new()
        {
            Weights = { new GLMRegressor.Types.DoubleArray { Value = { 1.5 } } }, Offset = { 2 },
        }, 1),
        TabularModels.Numbers(model => model.SupportVectorRegressor = new()
        {
            Kernel = new() { RbfKernel = new() { Gamma = 0.5 } }, Coefficients = new() { Alpha = { 1 } }, Rho = 1,
            DenseSupportVectors = new() { Vectors = { new DenseVector { Values = { 3 } } } },
        }, 1),
        TabularModels.Numbers(model => model.TreeEnsembleRegressor = new()
        {
            TreeEnsemble = TreeEnsembleModelTests.Parameters([1], TreeEnsembleModelTests.Leaf(0, 0, (0, 2))),
        }, 1),
        TabularModels.Classifier(model => model.GlmClassifier = new()
        {
            Weights = { new GLMClassifier.Types.DoubleArray { Value = { 1.5 } } }, Offset = { 2 },
            StringClassLabels = new() { Vector = { "a", "b" } },
        }, 1),
        TabularModels.Classifier(model => model.SupportVectorClassifier = new()
        {
            Kernel = new() { LinearKernel = new() }, NumberOfSupportVectorsPerClass = { 1, 0 }, Rho = { 1 },
            SparseSupportVectors = new() { Vectors = { new SparseVector() } },
            Coefficients = { new Coefficients { Alpha = { 1 } } },
            StringClassLabels = new() { Vector = { "a", "b" } },
        }, 1, probabilities: false),
        TabularModels.Classifier(model => model.TreeEnsembleClassifier = new()
        {
            TreeEnsemble = TreeEnsembleModelTests.Parameters([1], TreeEnsembleModelTests.Leaf(0, 0, (0, 2))),
            StringClassLabels = new() { Vector = { "a", "b" } },
        }, 1),
        TabularModels.Numbers(model => model.Identity = new(), 1, 1),
        TabularModels.Numbers(model => model.Scaler = new() { ShiftValue = { 1 }, ScaleValue = { 2 } }, 2, 2),
        TabularModels.Numbers(model => model.Normalizer = new(), 2, 2),
        TabularModels.Numbers(model => model.ArrayFeatureExtractor = new() { ExtractIndex = { 1 } }, 2),
        TabularModels.Numbers(model => model.Imputer = new() { ImputedDoubleValue = 1 }, 2, 2),
        TabularModels.Model(
            model => model.NonMaximumSuppression = new()
            {
                PickTop = new(), IouThreshold = 0.5, ConfidenceInputFeatureName = "c",
                CoordinatesInputFeatureName = "b", ConfidenceOutputFeatureName = "co",
                CoordinatesOutputFeatureName = "bo",
            },
            [TabularModels.Array("c"), TabularModels.Array("b")],
            [TabularModels.Array("co"), TabularModels.Array("bo")]),
        TabularModels.Model(
            model => model.CategoricalMapping = new() { StringToInt64Map = new() { Map = { ["a"] = 1 } } },
            [TabularModels.Text("x")],
            [TabularModels.Int64("y")]),
        TabularModels.Model(
            model => model.OneHotEncoder = new() { Int64Categories = new() { Vector = { 1, 2 } } },
            [TabularModels.Int64("x")],
            [TabularModels.Array("y", 2)]),
        TabularModels.Model(
            model => model.DictVectorizer = new() { StringToIndex = new() { Vector = { "a" } } },
            [TabularModels.TextKeys("x")],
            [TabularModels.Array("y", 1)]),
        TabularModels.Numbers(model => model.FeatureVectorizer = new()
        {
            InputList = { new FeatureVectorizer.Types.InputColumn { InputColumn_ = "x", InputDimensions = 2 } },
        }, 2, 2),
        TabularModels.Model(
            model => model.ItemSimilarityRecommender = new()
            {
                ItemStringIds = new() { Vector = { "a" } }, ItemInputFeatureName = "x",
                RecommendedItemListOutputFeatureName = "y",
            },
            [TabularModels.TextKeys("x")],
            [TabularModels.Texts("y")]),
        TabularModels.Model(
            model => model.BayesianProbitRegressor = new()
            {
                NumberOfFeatures = 1, Bias = new() { Mean = 1, Precision = 1 }, RegressionInputFeatureName = "x",
                MeanOutputFeatureName = "y",
            },
            [TabularModels.Array("x", 1)],
            [TabularModels.Double("y")]),
        TabularModels.Model(
            model => model.ClassConfidenceThresholding = new()
            {
                PrecisionRecallCurves =
                {
                    new PrecisionRecallCurve
                    {
                        PrecisionValues = new() { Vector = { 1 } },
                        PrecisionConfidenceThresholds = new() { Vector = { 1 } },
                        RecallValues = new() { Vector = { 1 } }, RecallConfidenceThresholds = new() { Vector = { 1 } },
                    },
                },
            },
            [TabularModels.TextKeys("x")],
            [TabularModels.TextKeys("x")]),
        TabularModels.Model(
            model => model.CustomModel = new() { ClassName = "Mine" },
            [TabularModels.Double("x")],
            [TabularModels.Double("y")]),
    ];
}
