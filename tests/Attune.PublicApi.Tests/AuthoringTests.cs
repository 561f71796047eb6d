using Attune.Authoring;

namespace Attune.PublicApi.Tests;

/// <summary>A model made, saved, loaded, used and made updatable by what every user sees.</summary>
public sealed class AuthoringTests
{
    [Fact]
    public void A_model_is_made_saved_loaded_and_used()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("attune-test-");
        try
        {
            string path = Path.Combine(folder.FullName, "sum.mlmodel");
            new NetworkBuilder()
                .AddArrayInput("numbers", [3])
                .InnerProduct("sum", 1, new float[] { 1, 1, 1 })
                .Author("Somebody")
                .Save(path);

            MLModel model = MLModel.Load(path);
            IMLFeatureProvider output = model.Prediction(new MLDictionaryFeatureProvider
            {
                ["numbers"] = new MLMultiArray(new float[] { 1, 20, 300 }, 3),
            });

            Assert.Equal("Somebody", model.ModelDescription.Metadata.Author);
            Assert.Equal(321, output.GetFeatureValue("sum")!.MultiArrayValue![0]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_existing_model_is_made_updatable()
    {
        MLModel plain = new NetworkBuilder()
            .AddArrayInput("x", [2])
            .InnerProduct("dense", 2, Initializer.GlorotUniform(seed: 1), Initializer.Zeros)
            .Softmax("probabilities")
            .Classifier(["no", "yes"], "answer", "probabilities")
            .Build();

        MLModel updatable = UpdatableModel.Open(plain)
            .MakeUpdatable("dense")
            .CategoricalCrossEntropyLoss("loss")
            .Sgd(learningRate: TrainingParameter.Double(0.05, 0, 0.1), miniBatchSize: 4)
            .Epochs(5, 5, 10)
            .Build();

        Assert.False(plain.ModelDescription.IsUpdatable);
        Assert.True(updatable.ModelDescription.IsUpdatable);
        Assert.Equal(["x", "answer"], updatable.ModelDescription.TrainingInputDescriptionsByName.Keys);
        Assert.Equal(0.05, updatable.ParameterValue(MLParameterKey.LearningRate));
        Assert.Equal(5L, updatable.ParameterValue(MLParameterKey.Epochs));
    }

    [Fact]
    public void Problems_are_listed_without_an_exception()
    {
        NetworkBuilder draft = new NetworkBuilder().AddArrayInput("x", [2]).Softmax("p").Classifier(["only one"]);

        ModelProblem problem = Assert.Single(draft.Check());

        Assert.Equal("classifier.labels.count", problem.Rule);
        Assert.Throws<MLModelFormatException>(() => draft.Build());
    }
}
