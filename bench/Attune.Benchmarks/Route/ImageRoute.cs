using System.Text.Json.Nodes;
using Attune.Benchmarks.Kernels;
using Attune.Codecs;

namespace Attune.Benchmarks.Route;

/// <summary>
/// From an image file to the size of a model: decoding, and scaling to 224×224, on one thread. Without a file it makes
/// a PNG image of smooth colours with a little noise, of 12 megapixels.
/// </summary>
internal static class ImageRoute
{
    private const int ModelSide = 224;

    public static void Run(Arguments arguments, TextWriter output)
    {
        string? path = arguments.Text("file");
        int width = arguments.Count("width", 4000), height = arguments.Count("height", 3000);
        double seconds = arguments.Number("seconds") ?? 2;
        arguments.RequireAllKnown();
        byte[] file = path is null ? Made(width, height) : File.ReadAllBytes(path);
        Measure(path is null ? "made.png" : Path.GetFileName(path), file, seconds).Print(output);
    }

    private static JsonObject Measure(string name, byte[] file, double seconds)
    {
        var options = new MLImageOptions();
        DecodedImage image = ImageFile.Decode(ImageFile.Open(file), options);
        Timings decode = Timings.Of(() => ImageFile.Decode(ImageFile.Open(file), options), seconds, 5, 3);
        Timings scale = Timings.Of(
            () => ImageFitting.Fit(image, ModelSide, ModelSide, MLPixelFormat.Bgra32, options), seconds / 4, 5, 3);

        double megapixels = 1e-6 * image.Pixels.Width * image.Pixels.Height;
        JsonObject line = ResultLine.Begin("image");
        line["file"] = name;
        line["bytes"] = file.Length;
        line["pixels"] = image.Pixels.ToString();
        line["threads"] = 1;
        line["decode_ms"] = Math.Round(1e3 * decode.Median, 2);
        line["best_decode_ms"] = Math.Round(1e3 * decode.Best, 2);
        line["megapixels_per_second"] = Math.Round(megapixels / decode.Median, 1);
        line["scale_ms"] = Math.Round(1e3 * scale.Median, 2);
        return line;
    }

    private static byte[] Made(int width, int height)
    {
        var image = new MLPixelBuffer(width, height, MLPixelFormat.Rgb24);
        float[] noise = RandomNumbers.Make(3 * width, seed: 1);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = image.GetRow(y);
            for (int i = 0; i < row.Length; i++)
                row[i] = (byte)(
                    128 + 90 * Math.Sin(i / 900.0 + y / 500.0 * (1 + i % 3)) + 6 * noise[(i + 7 * y) % noise.Length]);
        }
        var file = new MemoryStream();
        image.SavePng(file);
        return file.ToArray();
    }
}
