using Attune.Cli.Training;

namespace Attune.Cli.Tests;

public sealed class AugmentationTests
{
    [Fact]
    public void Without_parts_images_turn_move_and_grow_a_little()
    {
        MLImageAugmentation usual = Augmentations.Parse([]);

        Assert.Equal(
            new MLImageAugmentation { MaxRotation = 10, MaxShift = 0.1, MaxScale = 0.1 }, usual);
    }

    [Fact]
    public void Only_the_parts_that_are_named_vary()
    {
        MLImageAugmentation named = Augmentations.Parse(["flip", "rotation=25.5", "noise"]);

        Assert.Equal(
            new MLImageAugmentation { MaxRotation = 25.5, FlipsHorizontally = true, Noise = 8 }, named);
    }

    [Theory]
    [InlineData("turn")]
    [InlineData("rotation=much")]
    [InlineData("rotation=181")]
    [InlineData("shift=-1")]
    [InlineData("flip=1")]
    public void Other_parts_are_wrong_usage(string part) =>
        Assert.Throws<UsageException>(() => Augmentations.Parse([part]));

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void What_is_measured_does_not_vary(double holdOut)
    {
        using var folder = new TemporaryFolder();
        var trainer = new Trainer(
            new TrainOptions
            {
                Model = Models.Digits().Save(folder),
                Data = Models.DigitImages,
                Out = folder.Place("Mine.mlmodel"),
                HoldOut = holdOut,
                Augmentation = Augmentations.Parse([]),
            },
            new TrainingLines(new Screen(TextWriter.Null, TextWriter.Null)));

        TrainingReport report = trainer.Train(CancellationToken.None);

        Assert.True(trainer.Measured.Batch.IsStable);
        Assert.Equal(holdOut > 0 ? 20 : 100, trainer.Measured.Batch.Count);
        Assert.Equal(holdOut > 0 ? 80 : 100, report.Samples);
    }

    [Fact]
    public async Task A_table_is_not_varied()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Ran.Tool(
            "update", Models.LearningLine().Save(folder), "--data", folder.Write("data.csv", "x[0],x[1],line_true\n"),
            "--out", folder.Place("Mine.mlmodel"), "--augment");

        Assert.Equal(2, ran.ExitCode);
        ran.Tells("--augment varies the images of a folder");
    }
}
