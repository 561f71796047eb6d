namespace Attune.PublicApi.Tests.Snippets;

/// <summary>The pieces of docs/images.md.</summary>
internal static class Images
{
    public static MLPixelBuffer Read(string path, MLImageConstraint constraint, CancellationToken cancellationToken)
    {
        #region read-image
        var options = new MLImageOptions
        {
            CropAndScale = MLImageCropAndScale.CenterCrop,
            Limits = new ImageLimits { MaxPixels = 50_000_000 },
        };
        MLFeatureValue image = MLFeatureValue.FromImageFile(path, constraint, options, cancellationToken);
        #endregion
        return image.ImageBufferValue!;
    }

    public static MLPixelBuffer FromCamera(byte[] frame, int width, int height, MLImageConstraint constraint)
    {
        #region image-from-pixels
        var pixels = new MLPixelBuffer(frame, width, height, MLPixelFormat.Bgra32);
        MLFeatureValue image = MLFeatureValue.FromPixels(
            pixels, constraint, new MLImageOptions { Orientation = MLImageOrientation.Right });
        #endregion
        return image.ImageBufferValue!;
    }

    #region image-decoder
    /// <summary>Images of one colour: the letters FLAT, then red, green and blue.</summary>
    public sealed class FlatDecoder : IImageDecoder
    {
        public string FormatName => "FLAT";

        public bool Recognises(ReadOnlySpan<byte> start) => start.StartsWith("FLAT"u8);

        public DecodedImage Decode(Stream stream, ImageLimits limits, CancellationToken cancellationToken)
        {
            byte[] file = new byte[7];
            if (stream.ReadAtLeast(file, file.Length, throwOnEndOfStream: false) < file.Length)
                throw new ImageFormatException("The FLAT file ends before its colour. It is cut short.");
            limits.Check(width: 1, height: 1, FormatName);
            return new DecodedImage(new MLPixelBuffer(file.AsMemory(4), 1, 1, MLPixelFormat.Rgb24));
        }
    }
    #endregion

    public static MLPixelBuffer ReadFlat(byte[] file)
    {
        #region use-decoder
        var options = new MLImageOptions { Decoders = [new FlatDecoder()] };
        MLFeatureValue image = MLFeatureValue.FromImage(file, 28, 28, MLPixelFormat.Rgb24, options);
        #endregion
        return image.ImageBufferValue!;
    }

    public static void Save(IMLFeatureProvider output)
    {
        #region save-image
        MLPixelBuffer picture = output.GetFeatureValue("picture")!.ImageBufferValue!;
        picture.SavePng("picture.png");
        #endregion
    }
}
