using Attune.Authoring;
using Attune.Format;
using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Authoring;

public sealed class UpdatableModelTests
{
    [Fact]
    public void A_model_becomes_updatable_and_stays_itself_otherwise()
    {
        Model before = Plain().Written();
        Model after = UpdatableModel.Of(ModelDocument.Of(before))
            .MakeUpdatable("second")
            .MeanSquaredErrorLoss("loss")
            .Adam()
            .Epochs(3)
            .Written();

        Assert.True(after.IsUpdatable);
        Assert.Equal(4, after.SpecificationVersion);
        Assert.True(after.NeuralNetwork.Layers[2].IsUpdatable);
        Assert.Equal(["x", "second_true"], after.Description.TrainingInput.Select(input => input.Name));

        // With all that was asked for taken back, the old model is left.
        after.IsUpdatable = false;
        after.SpecificationVersion = before.SpecificationVersion;
        after.NeuralNetwork.UpdateParams = null;
        after.Description.TrainingInput.Clear();
        after.NeuralNetwork.Layers[2].IsUpdatable = false;
        after.NeuralNetwork.Layers[2].InnerProduct.Weights.IsUpdatable = false;
        after.NeuralNetwork.Layers[2].InnerProduct.Bias.IsUpdatable = false;
        Assert.Equal(before, after);
    }

    [Fact]
    public void Without_a_wish_the_bytes_are_those_of_the_file()
    {
        byte[] before = Plain().Written().ToByteArray();

        using var after = new MemoryStream();
        UpdatableModel.Of(ModelDocument.Read(before)).BuildDocument().Write(after);

        Assert.Equal(before, after.ToArray());
    }

    [Fact]
    public void Unknown_fields_survive()
    {
        // Field 999 of the model, a number: not in the format.
        byte[] unknown = [.. Plain().Written().ToByteArray(), 0xB8, 0x3E, 0x2A];

        Model after = UpdatableModel.Of(ModelDocument.Read(unknown)).Author("me").Written();

        Assert.Equal("me", after.Description.Metadata.Author);
        Assert.Equal(new byte[] { 0xB8, 0x3E, 0x2A }, after.ToByteArray()[^3..]);
    }

    [Fact]
    public void Single_settings_of_an_updatable_model_change_alone()
    {
        Model before = Authored.Regressor().Shuffle(false).Author("first").License("free").Written();
        Model after = UpdatableModel.Of(ModelDocument.Of(before)).Epochs(7, 7, 8).Author("second").Written();

        Assert.Equal([7L, 8L], after.NeuralNetwork.UpdateParams.Epochs.Set.Values);
        Assert.Equal(("second", "free"), (after.Description.Metadata.Author, after.Description.Metadata.License));
        after.NeuralNetwork.UpdateParams.Epochs = before.NeuralNetwork.UpdateParams.Epochs;
        after.Description.Metadata.Author = "first";
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_new_loss_takes_the_place_of_the_old_one()
    {
        Model after = UpdatableModel.Of(ModelDocument.Of(Authored.Regressor().Written()))
            .MeanSquaredErrorLoss("other", "first").Written();

        // The output is not the judged value, so its shape is followed through the layers.
        Assert.Equal("other", Assert.Single(after.NeuralNetwork.UpdateParams.LossLayers).Name);
        Assert.Equal(["x", "first_true"], after.Description.TrainingInput.Select(input => input.Name));
        Assert.Equal([3L], after.Description.TrainingInput[1].Type.MultiArrayType.Shape);
    }

    [Fact]
    public void Models_open_from_files_and_from_memory_with_trained_weights()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("attune-test-");
        try
        {
            string path = Path.Combine(folder.FullName, "plain.mlmodel");
            Plain().Save(path);
            var configuration = new MLModelConfiguration
            {
                Parameters = { [MLParameterKey.Biases.Scoped("second")] = new MLMultiArray(new float[] { 100 }, 1) },
            };

            Assert.Equal("me", UpdatableModel.Open(path).Author("me").Build().ModelDescription.Metadata.Author);
            Model trained = UpdatableModel.Open(MLModel.Load(path, configuration)).Author("me").Written();
            Assert.Equal([100f], trained.NeuralNetwork.Layers[2].InnerProduct.Bias.FloatValue);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Unsupported_layers_do_not_hinder_unless_their_shapes_are_needed()
    {
        Model odd = Plain().Written();
        odd.NeuralNetwork.Layers[0].Custom = new CustomLayerParams { ClassName = "Ours" };
        UpdatableModel Draft() => UpdatableModel.Of(ModelDocument.Of(odd)).MakeUpdatable("second").Sgd().Epochs(1);

        Assert.Empty(Draft().MeanSquaredErrorLoss("loss").Check());
        Assert.Equal(
            "Loss layer 'loss' judges 'relu', whose shape is not known: it is neither an output of the model nor " +
            "reached " +
            "through layers that are supported.",
            Draft().MeanSquaredErrorLoss(
                "loss", "relu").Check().Single(problem => problem.Rule == "updatable.loss.shape").Message);
    }

    [Fact]
    public void Models_that_are_no_networks_are_refused()
    {
        var trees = new Model { SpecificationVersion = 1, TreeEnsembleRegressor = new TreeEnsembleRegressor() };

        IReadOnlyList<ModelProblem> problems =
            UpdatableModel.Of(ModelDocument.Of(trees)).MakeUpdatable("dense").Check();

        Assert.Equal(
            ["updatable.layers.unknown", "updatable.version", "updatable.type"],
            problems.Select(problem => problem.Rule));
        Assert.Contains("treeEnsembleRegressor", problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_missing()
    {
        Assert.ThrowsAny<IOException>(
            () => UpdatableModel.Open(Path.Combine(Path.GetTempPath(), "no-such-model.mlmodel")));
        Assert.Throws<ArgumentNullException>(() => UpdatableModel.Open((MLModel)null!));
    }

    private static NetworkBuilder Plain() => new NetworkBuilder()
        .AddArrayInput("x", [2])
        .InnerProduct("first", 3, Initializer.GlorotUniform(1), Initializer.Zeros)
        .ReLU("relu")
        .InnerProduct("second", 1, Initializer.GlorotUniform(1), Initializer.Zeros);
}
