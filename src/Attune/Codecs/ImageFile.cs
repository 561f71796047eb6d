namespace Attune.Codecs;

internal static class ImageFile
{
    public static ReadOnlyMemory<byte> ReadAll(Stream stream) => throw new NotImplementedException();

    public static MLPixelBuffer Read(
        ReadOnlyMemory<byte> file, int width, int height, MLPixelFormat format, MLImageOptions? options, bool keepAlpha) =>
        throw new NotImplementedException();
}
