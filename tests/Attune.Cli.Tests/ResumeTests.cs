using System.Globalization;
using Attune.Authoring;
using Attune.Cli.Training;

namespace Attune.Cli.Tests;

/// <summary><c>update --resume</c>: what may change between an interruption and going on, and what is left of before.
/// </summary>
public sealed class ResumeTests : IDisposable
{
    // y = 2·a + 3·b + 1, in two mini-batches of 4, so that a stop after the first one does not end an epoch.
    private const string Line = "x[0],x[1],line_true\n"
        + "0,0,1\n1,0,3\n0,1,4\n1,1,6\n0,0,1\n1,0,3\n0,1,4\n1,1,6\n";

    private readonly TemporaryFolder folder = new();

    private string Checkpoint => folder.Place("mine.checkpoint");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("'learningRate' is 0.02 instead of 0.01", "--learning-rate", "0.02")]
    [InlineData("'miniBatchSize' is 5 instead of 10", "--batch", "5")]
    [InlineData("'seed' is 7 instead of 1", "--seed", "7")]
    [InlineData("'held-out samples' is 20 instead of 0", "--holdout", "0.2")]
    [InlineData("'layers' is conv instead of dense", "--layers", "conv")]
    [InlineData("'optimizer' is Adam instead of Sgd", "--optimizer", "adam")]
    [InlineData("'augment' is rotation=5,shift=0,scale=0,noise=0 instead of none", "--augment", "rotation=5")]
    [InlineData("Give it as many epochs or more", "--epochs", "1")]
    public async Task Other_settings_are_refused_and_named(string message, params string[] changed)
    {
        string model = Digits().Save(folder);
        StoppingAfter.Train(2, Options(model, Models.DigitImages));
        byte[] kept = File.ReadAllBytes(Checkpoint);

        Ran ran = await Ran.Tool(
        [
            "update", model, "--data", Models.DigitImages, "--out", folder.Place("Other.mlmodel"),
            "--resume", Checkpoint, .. changed.Contains("--epochs") ? [] : new[] { "--epochs", "50" }, .. changed,
        ]);

        Assert.Equal(1, ran.ExitCode);
        ran.Tells(message);
        ran.Tells("or delete this one to begin anew.");
        Assert.Single(ran.Error.TrimEnd().Split('\n'));
        Assert.Equal(kept, File.ReadAllBytes(Checkpoint));
        Assert.False(File.Exists(folder.Place("Other.mlmodel")));
    }

    [Theory]
    [InlineData("--holdout", "0.3")]
    [InlineData("--augment", "shift")]
    public async Task The_models_own_seed_may_be_named_later_and_goes_on_with_the_same_samples(params string[] part)
    {
        string model = Digits().Seed(7).Save(folder), whole = folder.Place("Whole.mlmodel");
        string mine = folder.Place("Mine.mlmodel");
        string[] command = ["update", model, "--data", Models.DigitImages, "--epochs", "4", .. part];
        await Ran.Done([.. command, "--out", whole]);
        StoppingAfter.Train(2, Options(model, Models.DigitImages) with
        {
            HoldOut = part[0] == "--holdout" ? 0.3 : 0,
            Augmentation = part[0] == "--augment" ? Augmentations.Parse(["shift"]) : null,
        });

        Ran ran = await Ran.Done([.. command, "--out", mine, "--resume", Checkpoint, "--seed", "7"]);

        ran.Tells("epoch 3/4: ");
        Assert.DoesNotContain("epoch 2/4", ran.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(mine));
    }

    [Fact]
    public async Task Other_samples_are_refused_and_the_same_ones_may_have_moved()
    {
        string model = Models.LearningLine().Save(folder), data = folder.Write("data.csv", Line);
        StoppingAfter.Train(2, Options(model, data));

        Ran other = await Resume(model, folder.Write("other.csv", Line.Replace("6", "7", StringComparison.Ordinal)));
        Ran same = await Resume(model, folder.Write("moved.csv", Line));

        Assert.Equal(1, other.ExitCode);
        other.Tells("'data' is ");
        Assert.Equal(0, same.ExitCode);
        same.Tells("epoch 3/4: ");
        Assert.DoesNotContain("epoch 2/4", same.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table.csv", "image,digit\nSamples/7_4.png,7\nSamples/1_0.png,1\n")]
    [InlineData("list.json", """[{"image":"Samples/7_4.png","digit":"7"},{"image":"Samples/1_0.png","digit":"1"}]""")]
    public async Task An_image_that_a_file_names_and_was_replaced_is_another_sample(string name, string content)
    {
        string model = Digits().Save(folder), images = Copy("Samples"), data = folder.Write(name, content);
        StoppingAfter.Train(2, Options(model, data) with { Batch = 1 });
        byte[] kept = File.ReadAllBytes(Checkpoint);
        string[] again =
        [
            "update", model, "--data", data, "--out", folder.Place("Other.mlmodel"), "--resume", Checkpoint,
            "--batch", "1", "--epochs", "4",
        ];
        File.Copy(Path.Combine(images, "7_5.png"), Path.Combine(images, "7_4.png"), overwrite: true);

        Ran other = await Ran.Tool(again);
        File.Copy(Path.Combine(Models.DigitImages, "7_4.png"), Path.Combine(images, "7_4.png"), overwrite: true);
        File.WriteAllBytes(Checkpoint, kept);
        Ran same = await Ran.Tool(again);

        Assert.Equal(1, other.ExitCode);
        other.Tells("'data' is ");
        Assert.Equal(0, same.ExitCode);
        same.Tells("epoch 3/4: ");
    }

    [Fact]
    public async Task A_renamed_image_is_another_sample()
    {
        string model = Digits().Save(folder);
        StoppingAfter.Train(2, Options(model, Copy("Samples")));
        string copy = Copy("Copy");
        File.Move(Path.Combine(copy, "7_4.png"), Path.Combine(copy, "1_a.png"));

        Ran ran = await Resume(model, copy);

        Assert.Equal(1, ran.ExitCode);
        ran.Tells("'data' is ");
    }

    [Fact]
    public void A_second_stop_writes_the_best_epoch_of_all()
    {
        // Steps that are too large: each epoch is worse than the one before.
        string model = Models.LearningLine().Save(folder), data = folder.Write("data.csv", Line);
        TrainOptions options = Options(model, data) with { LearningRate = 0.9, HoldOut = 0.25 };

        TrainingReport first = StoppingAfter.Train(3, options);
        TrainingReport second = StoppingAfter.Train(5, options with { Out = folder.Place("Second.mlmodel") });

        Assert.Equal([1, 2, 3], first.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal([4, 5], second.Epochs.Select(epoch => epoch.Epoch));
        double?[] losses = [.. first.Epochs.Concat(second.Epochs).Select(epoch => epoch.HoldOutLoss)];
        Assert.Equal(losses.Min(), losses[first.ResultEpoch - 1]);
        Assert.Equal(first.ResultEpoch, second.ResultEpoch);
        Assert.Equal(File.ReadAllBytes(options.Out), File.ReadAllBytes(folder.Place("Second.mlmodel")));
    }

    [Fact]
    public void A_stop_before_the_next_epoch_has_ended_writes_what_the_checkpoint_holds()
    {
        string model = Digits().Save(folder);
        TrainOptions options = Options(model, Models.DigitImages);
        TrainingReport first = StoppingAfter.Train(2, options);
        byte[] written = File.ReadAllBytes(options.Out);
        File.Delete(options.Out);

        TrainingReport second = StoppingAfter.Train(2, options);

        Assert.Empty(second.Epochs);
        Assert.Equal(first.ResultEpoch, second.ResultEpoch);
        Assert.Equal(written, File.ReadAllBytes(options.Out));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public async Task An_update_that_is_at_its_end_already_tells_of_the_epochs_before(double holdOut)
    {
        string model = Models.LearningLine().Save(folder), data = folder.Write("data.csv", Line);
        TrainOptions options = Options(model, data) with { HoldOut = holdOut };
        TrainingReport first = StoppingAfter.Train(2, options);
        byte[] written = File.ReadAllBytes(options.Out);

        Ran second = await Ran.Done(
            "update", model, "--data", data, "--out", options.Out, "--resume", Checkpoint, "--epochs", "2",
            "--holdout", holdOut.ToString(CultureInfo.InvariantCulture), "--json");

        Assert.Equal(2, first.ResultEpoch);
        Assert.Equal(2, second.Json.GetProperty("resultEpoch").GetInt32());
        Assert.Equal(0, second.Json.GetProperty("epochs").GetArrayLength());
        Assert.Equal(written, File.ReadAllBytes(options.Out));
    }

    [Fact]
    public void A_stop_leaves_the_model_as_it_was_where_only_better_ones_are_kept()
    {
        string model = Models.LearningLine().Save(folder), data = folder.Write("data.csv", Line);

        TrainingReport report = StoppingAfter.Train(
            3, Options(model, data) with { LearningRate = 1, HoldOut = 0.25, KeepsOnlyBetter = true });

        // It begins with zeros, of which no sample is farther than 6.
        Assert.All(report.Epochs, epoch => Assert.True(epoch.HoldOutLoss > 6 * 6));
        Assert.Equal(0, report.ResultEpoch);
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(folder.Place("Mine.mlmodel")));
    }

    private async Task<Ran> Resume(string model, string data) => await Ran.Tool(
        "update", model, "--data", data, "--out", folder.Place("Mine.mlmodel"), "--resume", Checkpoint,
        "--epochs", "4");

    private TrainOptions Options(string model, string data) => new()
    {
        Model = model, Data = data, Out = folder.Place("Mine.mlmodel"), Epochs = 50, Checkpoint = Checkpoint,
    };

    private string Copy(string name)
    {
        string copy = Directory.CreateDirectory(folder.Place(name)).FullName;
        foreach (string image in Directory.GetFiles(Models.DigitImages, "*.png"))
            File.Copy(image, Path.Combine(copy, Path.GetFileName(image)));
        return copy;
    }

    // Takes what the tests change.
    private static NetworkBuilder Digits() => Models.Digits()
        .Sgd(learningRate: 0.01, miniBatchSize: TrainingParameter.Int64(10, 1, 100))
        .Seed(TrainingParameter.Int64(1, 0, 100));
}
