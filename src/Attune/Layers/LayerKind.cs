using Attune.Format.Specification;

namespace Attune.Layers;

/// <summary>Core ML's names of layer types, as the file's fields are called.</summary>
internal static class LayerKind
{
    /// <summary>The field of the file that is set, such as <c>innerProduct</c>; "none" if no known one is.</summary>
    public static string Of(NeuralNetworkLayer layer)
    {
        Google.Protobuf.Reflection.FieldDescriptor? field =
            NeuralNetworkLayer.Descriptor.FindFieldByNumber((int)layer.LayerCase);
        return field?.Name ?? "none";
    }
}
