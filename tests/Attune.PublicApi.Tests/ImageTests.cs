using Attune.PublicApi.Tests.Snippets;

namespace Attune.PublicApi.Tests;

/// <summary>Images in and out, with nothing but public members: what docs/images.md shows.</summary>
[Collection(nameof(CurrentFolder))]
public sealed class ImageTests : IDisposable
{
    private readonly string before = Environment.CurrentDirectory;
    private readonly TemporaryFolder folder = new();

    public ImageTests() => Environment.CurrentDirectory = folder.FullName;

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        folder.Dispose();
    }

    [Fact]
    public void A_saved_picture_is_cropped_to_the_models_size()
    {
        MLImageConstraint digit = new UpdatableMNISTDigitClassifier().Model.ModelDescription
            .InputDescriptionsByName["image"].ImageConstraint!;
        var wide = new MLPixelBuffer(112, 56, MLPixelFormat.Rgb24);
        for (int y = 0; y < 56; y++)
            wide.GetRow(y)[(28 * 3)..(84 * 3)].Fill(200); // the middle square

        Images.Save(new MLDictionaryFeatureProvider { ["picture"] = wide });
        MLPixelBuffer read = Images.Read("picture.png", digit, CancellationToken.None);

        Assert.Equal((28, 28, MLPixelFormat.OneComponent8), (read.Width, read.Height, read.PixelFormat));
        Assert.All(
            Enumerable.Range(0, 28), y => Assert.All(read.GetRow(y).ToArray(), pixel => Assert.Equal(200, pixel)));
    }

    [Fact]
    public void A_cameras_frame_is_turned()
    {
        MLImageConstraint digit = new UpdatableMNISTDigitClassifier().Model.ModelDescription
            .InputDescriptionsByName["image"].ImageConstraint!;
        byte[] frame = new byte[56 * 28 * 4];
        for (int i = 0; i < frame.Length; i++)
            frame[i] = i < frame.Length / 2 || i % 4 == 3 ? (byte)255 : (byte)0; // white above, which becomes the right

        MLPixelBuffer turned = Images.FromCamera(frame, 56, 28, digit);

        Assert.Equal((0, 255), (turned.GetRow(9)[13], turned.GetRow(9)[14]));
    }

    [Fact]
    public void An_applications_decoder_is_asked()
    {
        Assert.Equal([1, 2, 3], Images.ReadFlat([.. "FLAT"u8, 1, 2, 3]).GetRow(27)[..3].ToArray());
        Assert.Throws<ImageFormatException>(() => Images.ReadFlat("FLAT"u8.ToArray()));
        Assert.Contains(
            "FLAT", Assert.Throws<ImageFormatException>(() => Images.ReadFlat([1, 2, 3])).Message,
            StringComparison.Ordinal);
    }
}
