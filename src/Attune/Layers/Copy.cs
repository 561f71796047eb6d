using Attune.Arrays;

namespace Attune.Layers;

/// <summary>Core ML's <c>copy</c>: the input under another name, which may exist already.</summary>
/// <remarks>Shapes: any; y is the same.</remarks>
internal sealed class Copy(string name) : Recast(name, "copy")
{
    public static Copy Read(LayerSource source) => new Copy(source.Name);

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => [inputs[0]];
}
