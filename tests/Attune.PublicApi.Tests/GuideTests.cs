using Attune.Authoring;
using Attune.PublicApi.Tests.Snippets;

namespace Attune.PublicApi.Tests;

/// <summary>The code of the guides that lead from beginning to end does what they say.</summary>
[Collection(nameof(CurrentFolder))]
public sealed class GuideTests : IDisposable
{
    private readonly string before = Environment.CurrentDirectory;
    private readonly TemporaryFolder folder = new();

    public GuideTests()
    {
        foreach (string sample in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples"), "*.png"))
        {
            Copy(sample, "Samples");
            if (Mark(Path.GetFileName(sample)) is { } mark)
                Copy(sample, $"Marks/{mark}");
        }
        File.Copy(UpdatableMNISTDigitClassifier.ModelPath, folder.Place("UpdatableMNISTDigitClassifier.mlmodel"));
        File.Copy(UpdatableMNISTDigitClassifier.ModelPath, folder.Place("Digits.mlmodel"));
        Environment.CurrentDirectory = folder.FullName;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        folder.Dispose();
    }

    [Fact]
    public async Task What_comes_from_Swift_learns_saves_and_predicts()
    {
        (MLModel personal, double accuracy) = await PortFromSwift.Update();

        Assert.InRange(accuracy, 0.9, 1); // of what it was trained on; 0.61 before
        MLParameterKey weights = MLParameterKey.Weights.Scoped("dense_2");
        Assert.Equal(
            ((MLMultiArray)personal.ParameterValue(weights)).AsSpan<float>().ToArray(),
            ((MLMultiArray)MLModel.Load("Personal.mlmodelc").ParameterValue(weights)).AsSpan<float>().ToArray());
    }

    [Fact]
    public void Arrays_are_filled_by_index_and_by_span()
    {
        MLModel sum = new NetworkBuilder()
            .AddArrayInput("numbers", [3]).InnerProduct("sum", 1, new float[] { 1, 1, 1 }).Build();

        Assert.Equal(21, PortFromSwift.Arrays(sum)); // 1 + 20 + 0
    }

    [Fact]
    public void Errors_are_told_apart_by_type()
    {
        var nothing = new MLDictionaryFeatureProvider();

        Assert.Equal("image takes a gray image of 28×28 pixels", PortFromSwift.Catch("Digits.mlmodel", nothing));
        Assert.StartsWith(
            "There is no model at", PortFromSwift.Catch("Nowhere.mlmodel", nothing), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_of_columns_holds_a_sample_for_each_row()
    {
        MLImageConstraint pixels = MLModel.Load("Digits.mlmodel")
            .ModelDescription.InputDescriptionsByName["image"].ImageConstraint!;

        IMLBatchProvider batch = PortFromSwift.Columns(pixels);

        Assert.Equal(2, batch.Count);
        Assert.Equal("7", batch.GetFeatures(1).GetFeatureValue("digit")!.StringValue);
        Assert.Equal(
            MLFeatureValue.FromImageFile("Samples/7_0.png", pixels), batch.GetFeatures(1).GetFeatureValue("image"));
    }

    [Fact]
    public void A_batch_provider_may_make_samples_when_they_are_asked_for()
    {
        IMLBatchProvider doubled = PortFromSwift.Double(Easy.Samples(), _ => Easy.Sample(7));

        Assert.Equal(16, doubled.Count);
        Assert.Equal(0, doubled.GetFeatures(0).GetFeatureValue("x")!.MultiArrayValue![0]);
        Assert.Equal(7, doubled.GetFeatures(8).GetFeatureValue("x")!.MultiArrayValue![0]);
    }

    [Fact]
    public async Task A_model_of_ones_own_learns_new_classes_from_a_folder()
    {
        MLModel marked = OwnModel.Mark();
        (MLEvaluation guessed, MLEvaluation learned) = await OwnModel.Train(CancellationToken.None);

        Assert.True(marked.ModelDescription.IsUpdatable);
        Assert.Equal(["ring", "stroke", "hook"], marked.ModelDescription.ClassLabels!);
        Assert.InRange(learned.Accuracy!.Value, 0.9, 1);
        Assert.True(guessed.Accuracy < 0.7 && guessed.Loss > learned.Loss);
        Assert.Equal(
            learned.Loss, MLModel.Load("Mine.mlmodel").Evaluate(Marks(marked)).Loss);
    }

    [Fact]
    public async Task More_layers_are_freed_where_the_last_one_is_not_enough()
    {
        MLModel marked = OwnModel.Mark();
        MLUpdateTask task = OwnModel.TrainCloser(marked, Marks(marked));

        MLUpdateContext update = await task.RunAsync();

        Assert.Equal(50L, update.Parameters[MLParameterKey.Epochs]);
    }

    private static MLImageFolderBatchProvider Marks(MLModel model) => new("Marks", model.ModelDescription);

    private static string? Mark(string fileName) => fileName[0] switch
    {
        '0' => "ring",
        '1' => "stroke",
        '7' => "hook",
        _ => null,
    };

    private void Copy(string file, string subfolder)
    {
        string place = Directory.CreateDirectory(folder.Place(subfolder)).FullName;
        File.Copy(file, Path.Combine(place, Path.GetFileName(file)));
    }
}
