
namespace Attune.Format;

/// <summary>
/// Apple's table of what may be trained, by the layer types' names in the file; activations are named
/// <c>activation:ReLU</c>. It is a profile that a caller may ask for, not our limit. Source: the validator of
/// Core ML's tools.
/// </summary>
internal static class CoreMLTraining
{
    // What a file calls ReLU, sigmoid and tanh, a layer may write with another case.
    private static readonly HashSet<string> Trainable =
        new(StringComparer.OrdinalIgnoreCase) { "convolution", "innerProduct", "uniDirectionalLSTM" };

    private static readonly HashSet<string> Passing = new(StringComparer.OrdinalIgnoreCase)
    {
        "convolution",
        "innerProduct",
        "uniDirectionalLSTM",
        "flatten",
        "pooling",
        "batchnorm",
        "activation:ReLU",
        "activation:sigmoid",
        "activation:tanh",
    };

    public static bool MayTrain(string operation) => Trainable.Contains(operation);

    /// <param name="operation">The layer's type, with the function of an activation.</param>
    /// <param name="isLast">Whether the loss judges its output: a softmax may only stand there.</param>
    public static bool PassesGradient(string operation, bool isLast) =>
        Passing.Contains(operation) || (isLast && operation == "softmax");
}
