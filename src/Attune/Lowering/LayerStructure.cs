using Attune.Arrays;

namespace Attune.Lowering;

/// <summary>What can be said of one layer of a network, also of one that cannot run.</summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Kind">Core ML's name of its type, with the function where the type has several.</param>
/// <param name="Inputs">The names of the values that it takes.</param>
/// <param name="Outputs">The names of the values that it makes.</param>
internal sealed record LayerStructure(
    string Name, string Kind, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>The shapes of the outputs for one sample of the default shapes; empty where they are not known.
    /// </summary>
    public IReadOnlyList<Shape> Shapes { get; init; } = [];

    /// <summary>How many numbers the layer holds.</summary>
    public long Parameters { get; init; }

    /// <summary>How many bytes of the file they take.</summary>
    public long WeightBytes { get; init; }

    /// <summary>How they are held: <c>float32</c>, <c>float16</c>, <c>8 bits</c>; empty where there are none.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>The products of one sample, each added to a sum; null where shapes are not known.</summary>
    public long? MultiplyAdds { get; init; }

    /// <summary>Whether the file marks the layer for updates.</summary>
    public bool IsUpdatable { get; init; }

    /// <summary>Why the layer cannot run; null if it can.</summary>
    public string? Refusal { get; init; }
}
