using Attune.Format.Specification;
using Field = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format;

/// <summary>
/// Core ML's names of layer types, as the file's fields are called. They are made from the enumeration: asking the
/// message's descriptor would build those of all messages, which takes longer than loading a model.
/// </summary>
internal static class LayerKind
{
    /// <summary>The field of the file that is set, such as <c>innerProduct</c>; "none" if no known one is.</summary>
    public static string Of(NeuralNetworkLayer layer) => NameOf(layer.LayerCase);

    /// <summary>All names but five are the enumeration's with a small first letter.</summary>
    internal static string NameOf(Field field) => field switch
    {
        Field.L2Normalize => "l2normalize",
        Field.Pooling3D => "pooling3d",
        Field.GlobalPooling3D => "globalPooling3d",
        Field.Convolution3D => "convolution3d",
        Field.NonMaximumSuppression => "NonMaximumSuppression",
        _ => WithSmallFirstLetter(field.ToString()),
    };

    private static string WithSmallFirstLetter(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
