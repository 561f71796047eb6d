using System.IO.Compression;
using Attune.Format;
using Attune.Format.Specification;
using Google.Protobuf.Collections;

namespace Attune.Tests.Models;

/// <summary>Trees and linear models that others have made, against sums over the files' own numbers.</summary>
public sealed class RealTabularModelsTests
{
    [SkippableFact]
    public void The_rankers_trees_give_what_a_walk_over_their_nodes_gives()
    {
        foreach (string path in Directory.GetFiles(
                     SharedFolder.Require("real-models", "ranker-trees"), "model.mlmodel.gz",
                     SearchOption.AllDirectories))
        {
            using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            Model model = Model.Parser.ParseFrom(file);
            string[] names = [.. model.Description.Input.Select(input => input.Name)];
            MLModel loaded = TestModels.Load(model);
            var random = new Random(1);

            for (int i = 0; i < 50; i++)
            {
                double[] row = [.. names.Select(_ => random.Next(5) == 0 ? double.NaN : random.NextDouble() * 4 - 2)];
                IMLFeatureProvider output = loaded.Prediction(TestModels.Sample(
                    [.. names.Select((name, place) => (name, MLFeatureValue.FromDouble(row[place])))]));
                Assert.Equal(
                    TreeEnsembleWalkTests.Walk(model.TreeEnsembleRegressor.TreeEnsemble, row)[0],
                    output.GetFeatureValue(model.Description.PredictedFeatureName)!.DoubleValue);
            }
        }
    }

    [SkippableFact]
    public void The_tree_of_names_gives_what_a_walk_over_its_19023_nodes_gives()
    {
        Model stage = LastStage("names-tree", "NamesDT.mlmodel");
        TreeEnsembleParameters trees = stage.TreeEnsembleClassifier.TreeEnsemble;
        Assert.Equal(19023, trees.Nodes.Count);
        MLModel model = TestModels.Load(stage);
        var random = new Random(1);

        for (int i = 0; i < 20; i++)
        {
            var row = new double[stage.Description.Input[0].Type.MultiArrayType.Shape[0]];
            for (int k = 0; k < 20; k++)
                row[random.Next(row.Length)] = 1;
            double second = TreeEnsembleWalkTests.Walk(trees, row)[0];
            IReadOnlyDictionary<object, double> probabilities = Predict(model, row);
            RepeatedField<string> labels = stage.TreeEnsembleClassifier.StringClassLabels.Vector;
            Assert.Equal(second, probabilities[labels[1]]);
            Assert.Equal(1 - second, probabilities[labels[0]]);
        }
    }

    [SkippableFact]
    public void The_linear_classifier_of_sentiments_gives_the_logistic_of_its_sum()
    {
        Model stage = LastStage("sentiment-linear", "SentimentPolarity.mlmodel");
        RepeatedField<double> weights = stage.GlmClassifier.Weights[0].Value;
        var row = new double[weights.Count];
        double sum = stage.GlmClassifier.Offset[0];
        for (int i = 0; i < row.Length; i += 97)
        {
            row[i] = 1;
            sum += weights[i];
        }

        IReadOnlyDictionary<object, double> probabilities = Predict(TestModels.Load(stage), row);

        RepeatedField<string> labels = stage.GlmClassifier.StringClassLabels.Vector;
        Assert.Equal(1 / (1 + Math.Exp(-sum)), probabilities[labels[1]], 1e-12);
    }

    private static Model LastStage(string folder, string file) => ModelFacts.Stages(
        Model.Parser.ParseFrom(File.ReadAllBytes(SharedFolder.Require("real-models", folder, file))))[^1];

    private static IReadOnlyDictionary<object, double> Predict(MLModel model, double[] row) => model
        .Prediction(TestModels.Sample((
            model.ModelDescription.InputDescriptionsByName.Keys.Single(),
            new MLMultiArray(row.AsMemory(), row.Length))))
        .GetFeatureValue(model.ModelDescription.PredictedProbabilitiesName!)!.DictionaryValue;
}
