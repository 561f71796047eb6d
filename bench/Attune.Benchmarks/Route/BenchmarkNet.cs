namespace Attune.Benchmarks.Route;

/// <summary>One of the networks that are measured: what goes in, what comes out, what can be trained.</summary>
/// <param name="Name">As training prints it, and as it is asked for.</param>
/// <param name="FileName">The model file without its extension; also what predictions print.</param>
/// <param name="Input">The input's name.</param>
/// <param name="Shape">One sample: [C×H×W], or [C].</param>
/// <param name="Output">The output's name: an array; for images, a dictionary by class labels "0", "1" and so
/// on.</param>
internal sealed record BenchmarkNet(string Name, string FileName, string Input, int[] Shape, string Output)
{
    public static IReadOnlyList<BenchmarkNet> All { get; } =
    [
        new("mnist", "mnist_updatable", "image", [1, 28, 28], "digitProbabilities")
        {
            TakesImages = true, Target = "digit", Optimizer = "sgd",
            Layers = ["conv_1", "conv_2", "dense_1", "dense_2"], Tail = ["dense_1", "dense_2"],
        },
        new("mlp", "mlp", "input", [784], "probabilities")
        {
            Target = "probabilities_true", Optimizer = "adam",
            Layers = ["dense_1", "dense_2", "dense_3"], Tail = ["dense_2", "dense_3"],
        },
        new("squeezenet_11", "squeezenet_11", "input", [3, 224, 224], "probabilities"),
        new("mobilenet_v1_050", "mobilenet_v1_050", "input", [3, 224, 224], "probabilities"),
        TinyNet.Description,
    ];

    /// <summary>Grayscale images of whole pixel values; otherwise float32 arrays.</summary>
    public bool TakesImages { get; init; }

    /// <summary>The training input that holds the class: its label for images, otherwise its index.</summary>
    public string? Target { get; init; }

    /// <summary>The optimizer that the file carries; null for nets that are not trained.</summary>
    public string? Optimizer { get; init; }

    /// <summary>The layers with weights.</summary>
    public string[] Layers { get; init; } = [];

    /// <summary>Those that the modes 'tail' and 'tail-cached' train.</summary>
    public string[] Tail { get; init; } = [];

    public int SampleSize => Shape.Aggregate(1, (product, size) => product * size);

    public static BenchmarkNet Named(string name) =>
        All.FirstOrDefault(net => name == net.Name || name == net.FileName)
        ?? throw new ArgumentException(
            $"--net takes one of {string.Join(", ", All.Select(net => net.Name))}; got '{name}'.");

    /// <summary>One sample as the model takes it.</summary>
    public MLFeatureValue Value(float[] numbers) => TakesImages
        ? MLFeatureValue.FromPixelBuffer(
            new MLPixelBuffer(Bytes(numbers), Shape[2], Shape[1], MLPixelFormat.OneComponent8))
        : MLFeatureValue.FromMultiArray(new MLMultiArray(numbers.AsMemory(), Shape));

    private static byte[] Bytes(float[] numbers) => Array.ConvertAll(numbers, number => (byte)MathF.Round(number));
}
