namespace Attune;

/// <summary>What a decoder has read.</summary>
/// <param name="Pixels">The pixels as they are stored, in any format. Alpha is not premultiplied. They may be the
/// decoder's own memory: nobody else changes them.</param>
/// <param name="Orientation">How they are to be turned; the decoder does not turn them itself, so that a caller's
/// <see cref="MLImageOptions.Orientation"/> can take its place.</param>
public sealed record DecodedImage(MLPixelBuffer Pixels, MLImageOrientation Orientation = MLImageOrientation.Up);
