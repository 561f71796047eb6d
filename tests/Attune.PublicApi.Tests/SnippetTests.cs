using Attune.PublicApi.Tests.Snippets;

namespace Attune.PublicApi.Tests;

/// <summary>
/// The pieces of code that the documentation shows do what it says. They use the current folder, so one at a time.
/// </summary>
[Collection(nameof(CurrentFolder))]
public sealed class SnippetTests : IDisposable
{
    private readonly string before = Environment.CurrentDirectory;
    private readonly TemporaryFolder folder = new();

    public SnippetTests()
    {
        string samples = Directory.CreateDirectory(folder.Place("Samples")).FullName;
        foreach (string sample in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples"), "*.png"))
            File.Copy(sample, Path.Combine(samples, Path.GetFileName(sample)));
        File.Copy(UpdatableMNISTDigitClassifier.ModelPath, folder.Place("UpdatableMNISTDigitClassifier.mlmodel"));
        Environment.CurrentDirectory = folder.FullName;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        folder.Dispose();
    }

    [Fact]
    public async Task The_walk_through_learns_and_saves()
    {
        UpdatableMNISTDigitClassifier digits = await WalkThrough.Run();

        var saved = new UpdatableMNISTDigitClassifier("Updated.mlmodelc");
        int right = 0;
        foreach (string path in Directory.GetFiles("Samples"))
        {
            MLPixelBuffer image =
                MLFeatureValue.FromImageFile(path, 28, 28, MLPixelFormat.OneComponent8).ImageBufferValue!;
            UpdatableMNISTDigitClassifierOutput output = digits.Prediction(image);
            Assert.Equal(output.DigitProbabilities, saved.Prediction(image).DigitProbabilities);
            right += output.Digit == Path.GetFileName(path)[..1] ? 1 : 0;
        }
        Assert.InRange(right, 90, 100); // of what it was trained on
    }

    [Fact]
    public async Task The_fifteen_lines_learn_and_save()
    {
        (MLModel personal, double loss) = await Personalise.InFifteenLines(folder.FullName);

        Assert.InRange(loss, 0, 1); // it starts near 3
        Assert.Equal(Weights(personal), Weights(MLModel.Load("Personal.mlmodel")));
    }

    [Fact]
    public async Task The_generated_class_predicts_and_learns()
    {
        UpdatableMNISTDigitClassifier later = await Personalise.InOneCall();

        Assert.NotEqual(Weights(new UpdatableMNISTDigitClassifier().Model), Weights(later.Model));
    }

    [Fact]
    public async Task A_pipeline_learns_three_drawings_from_four_samples_each()
    {
        MLModel empty = Drawings.Make();
        MLModel learnt = await Drawings.Learn(empty);
        MLModel saved = MLModel.Load("Drawings.mlmodel");
        MLModel tidied = Drawings.TidyUp("Drawings.mlmodel");

        int right = 0;
        foreach ((string name, int digit) in new[] { ("ring", 0), ("stroke", 1), ("hook", 7) })
            for (int i = 4; i < 10; i++)
            {
                Assert.Equal(Label(learnt, digit, i), Label(saved, digit, i));
                right += Label(learnt, digit, i) == name ? 1 : 0;
            }
        Assert.InRange(right, 15, 18); // drawings that it has not seen
        Assert.Equal("unknown", Label(empty, 0, 4));
        Assert.Equal(["ring", "stroke"], tidied.ModelDescription.ClassLabels!);
        Assert.Equal(6, tidied.NearestNeighbors!.Samples.Count);
    }

    private static string Label(MLModel drawings, int digit, int number) =>
        drawings.Prediction(new MLDictionaryFeatureProvider
        {
            ["drawing"] = MLFeatureValue.FromImageFile(
                $"Samples/{digit}_{number}.png", 28, 28, MLPixelFormat.OneComponent8),
        }).GetFeatureValue("label")!.StringValue;

    [Fact]
    public void A_model_describes_itself()
    {
        string[] lines = Personalise.Describe().ReplaceLineEndings("\n").Split('\n');

        Assert.Contains("'image' takes a gray image of 28×28 pixels", lines);
        Assert.Contains("learningRate = 0.01 (0 to 1)", lines);
    }

    [Fact]
    public async Task A_handler_slows_down_and_stops()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => Personalise.ChangeInAHandler(Easy.Model(), Easy.Samples()));
    }

    [Fact]
    public async Task Layers_are_chosen_at_run_time()
    {
        var digits = new UpdatableMNISTDigitClassifier();
        var sample = UpdatableMNISTDigitClassifierTrainingInput.FromImageFile("Samples/7_0.png", digit: "7");

        UpdatableMNISTDigitClassifier personal = await digits.UpdateAsync([sample], Personalise.Freeze());

        Assert.Equal(Weights(digits.Model, "dense_1"), Weights(personal.Model, "dense_1"));
        Assert.NotEqual(Weights(digits.Model, "dense_2"), Weights(personal.Model, "dense_2"));
    }

    [Fact]
    public async Task A_checkpoint_is_gone_when_the_update_is_complete()
    {
        Assert.Equal(
            MLTaskState.Completed, (await Personalise.KeepACheckpoint(Easy.Model(), Easy.Samples())).Task.State);
        Assert.Empty(Directory.GetFiles(".", "*checkpoint*"));
    }

    [Fact]
    public void Weights_are_read_and_set()
    {
        float[] changed = Weights(Personalise.Weights(new UpdatableMNISTDigitClassifier().Model));

        Assert.Equal(0, changed[0]);
        Assert.Equal(1280, changed.Length); // 10·128
    }

    [Fact]
    public void Registered_models_are_made_of_their_parameters()
    {
        MLModelConfiguration configuration = CustomModels.Register();
        MLModelDescription description = MLModel.Load(UpdatableMNISTDigitClassifier.ModelPath).ModelDescription;

        IMLCustomModel embedding = configuration.CustomModels["MyEmbedding"](
            new Dictionary<string, object> { ["scale"] = 1.5 }, description);

        IMLFeatureProvider output = embedding.Prediction(
            new MLDictionaryFeatureProvider { ["x"] = 4.0 }, new MLPredictionOptions());
        Assert.Equal(12, output.GetFeatureValue("y")!.DoubleValue); // 2·1.5·4
        Assert.IsType<CustomModels.MyImageFeatures>(
            configuration.CustomModels["visionFeaturePrint"](new Dictionary<string, object>(), description));
    }

    [Fact]
    public void Mistakes_are_explained()
    {
        var configuration = new MLModelConfiguration { Parameters = { [MLParameterKey.LearningRate] = 2 } };

        Assert.Equal(
            "Parameter 'learningRate' takes 0 to 1; got 2. (Parameter 'value')",
            Personalise.Explain(
                () => new(UpdatableMNISTDigitClassifier.ModelPath, new MLArrayBatchProvider([]), configuration)));
    }

    private static float[] Weights(MLModel model, string layer = "dense_2") =>
        ((MLMultiArray)model.ParameterValue(MLParameterKey.Weights.Scoped(layer))).AsSpan<float>().ToArray();
}

/// <summary>Tests that use the process's current folder.</summary>
[CollectionDefinition(nameof(CurrentFolder), DisableParallelization = true)]
public sealed class CurrentFolder;
