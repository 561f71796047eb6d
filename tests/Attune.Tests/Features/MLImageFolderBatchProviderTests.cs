using Attune.Tests.Codecs;
using Attune.Tests.Files;

namespace Attune.Tests.Features;

public sealed class MLImageFolderBatchProviderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Labels_come_from_the_names_of_files()
    {
        Put("cat_1.png", 10);
        Put("big_dog_2.png", 20);

        var batch = new MLImageFolderBatchProvider(folder.Path, Drawings());

        Assert.Equal(2, batch.Count);
        Assert.Equal("big_dog", batch.GetFeatures(0).GetFeatureValue("label")!.StringValue);
        Assert.Equal("cat", batch.LabelOf(1));
        Assert.Equal(10, batch.GetFeatures(1).GetFeatureValue("drawing")!.ImageBufferValue!.GetRow(0)[0]);
    }

    [Fact]
    public void Labels_come_from_the_names_of_sub_folders()
    {
        Put(Path.Combine("dog", "b.png"), 2);
        Put(Path.Combine("cat", "a.png"), 1);
        Put(Path.Combine("cat", "z.png"), 3);

        var batch = new MLImageFolderBatchProvider(folder.Path, Drawings());

        Assert.Equal(["cat", "cat", "dog"], Enumerable.Range(0, 3).Select(batch.LabelOf));
        Assert.Equal(["a.png", "z.png", "b.png"], batch.Files.Select(Path.GetFileName));
    }

    [Fact]
    public void Whole_numbers_are_labels_of_models_that_have_such()
    {
        Put("-3_a.png", 1);

        Assert.Equal(
            -3L, new MLImageFolderBatchProvider(folder.Path, Drawings(MLFeatureType.Int64)).LabelOf(0));

        Put("three_a.png", 1);
        var error = Assert.Throws<ArgumentException>(
            () => new MLImageFolderBatchProvider(folder.Path, Drawings(MLFeatureType.Int64)));
        Assert.Contains("'three'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_in_sub_folders_and_beside_them_are_ambiguous()
    {
        Put(Path.Combine("cat", "a.png"), 1);
        Put("dog_1.png", 1);

        Assert.Throws<ArgumentException>(() => new MLImageFolderBatchProvider(folder.Path, Drawings()));
        Assert.Equal("dog", new MLImageFolderBatchProvider(
            folder.Path, Drawings(), new MLImageFolderOptions { Labels = MLImageLabels.FileNames }).LabelOf(0));
    }

    [Fact]
    public void A_name_without_a_label_is_refused_unless_none_is_read()
    {
        Put("cat.png", 1);

        Assert.Throws<ArgumentException>(() => new MLImageFolderBatchProvider(folder.Path, Drawings()));
        var unlabelled = new MLImageFolderBatchProvider(
            folder.Path, Drawings(), new MLImageFolderOptions { Labels = MLImageLabels.None });
        Assert.Null(unlabelled.LabelOf(0));
        Assert.Equal(["drawing"], unlabelled.GetFeatures(0).FeatureNames);
    }

    [Fact]
    public void Other_files_are_left_out_and_listed()
    {
        Put("cat_1.png", 1);
        File.WriteAllText(Path.Combine(folder.Path, "notes_1.txt"), "not a picture");

        var batch = new MLImageFolderBatchProvider(folder.Path, Drawings());

        Assert.Equal(1, batch.Count);
        Assert.Equal(["notes_1.txt"], batch.SkippedFiles.Select(Path.GetFileName));
    }

    [Fact]
    public void A_damaged_image_is_named_when_it_is_read()
    {
        Put("cat_1.png", 1);
        string path = Path.Combine(folder.Path, "cat_1.png");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);

        var batch = new MLImageFolderBatchProvider(folder.Path, Drawings());
        batch.Prepare([0]);

        Assert.Contains(
            "cat_1.png", Assert.Throws<ImageFormatException>(() => batch.GetFeatures(0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Prepared_readings_are_those_that_are_made_when_asked_for()
    {
        for (int i = 0; i < 8; i++)
            Put($"cat_{i}.png", (byte)(100 + i));
        var noise = new MLImageFolderOptions { Augmentation = new MLImageAugmentation { Noise = 20 } };
        var prepared = new MLImageFolderBatchProvider(folder.Path, Drawings(), noise);
        var plain = new MLImageFolderBatchProvider(folder.Path, Drawings(), noise);
        Assert.False(plain.IsStable);

        for (int epoch = 0; epoch < 3; epoch++)
        {
            prepared.Prepare([5, 1, 7, 1]);
            foreach (int index in new[] { 5, 1, 2, 7 })
                Assert.True(Image(prepared, index).HasSameContent(Image(plain, index)));
        }
        Assert.False(Image(plain, 5).HasSameContent(Image(plain, 5)));
    }

    [Fact]
    public void Pictures_of_an_epoch_do_not_depend_on_what_was_read_before()
    {
        for (int i = 0; i < 3; i++)
            Put($"cat_{i}.png", 100);
        var noise = new MLImageFolderOptions { Augmentation = new MLImageAugmentation { Noise = 20 } };
        var whole = new MLImageFolderBatchProvider(folder.Path, Drawings(), noise);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            whole.BeginEpoch(epoch);
            Image(whole, 1);
        }
        var resumed = new MLImageFolderBatchProvider(folder.Path, Drawings(), noise);
        Image(resumed, 1);
        resumed.Prepare([1]);

        whole.BeginEpoch(2);
        resumed.BeginEpoch(2);
        MLPixelBuffer third = Image(whole, 1);

        Assert.True(third.HasSameContent(Image(resumed, 1)));
        Assert.False(third.HasSameContent(Image(resumed, 1)));
    }

    private static MLPixelBuffer Image(MLImageFolderBatchProvider batch, int index) =>
        batch.GetFeatures(index).GetFeatureValue("drawing")!.ImageBufferValue!;

    private static MLModelDescription Drawings(MLFeatureType label = MLFeatureType.String)
    {
        var image = new MLFeatureDescription("drawing", MLFeatureType.Image)
        {
            ImageConstraint = new MLImageConstraint(4, 4, MLPixelFormat.OneComponent8),
        };
        return new MLModelDescription
        {
            IsUpdatable = true,
            PredictedFeatureName = "label",
            InputDescriptionsByName = MLModelDescription.ByName([image]),
            TrainingInputDescriptionsByName =
                MLModelDescription.ByName([image, new MLFeatureDescription("label", label)]),
        };
    }

    private void Put(string name, byte gray)
    {
        byte[] pixels = new byte[16];
        Array.Fill(pixels, gray);
        string path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, TestImages.Encode(TestImages.Of(4, 4, 1, pixels)));
    }
}
