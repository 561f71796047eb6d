using System.Collections;
using Attune.Format.Specification;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Attune.Format;

/// <summary>All arrays of numbers that a layer has, wherever its message holds them. For tools: it asks
/// descriptors, which takes longer than loading a small model.</summary>
internal static class LayerWeights
{
    public static IEnumerable<WeightParams> Of(NeuralNetworkLayer layer)
    {
        FieldDescriptor? field = NeuralNetworkLayer.Descriptor.FindFieldByNumber((int)layer.LayerCase);
        return field?.Accessor.GetValue(layer) is IMessage fields ? Below(fields) : [];
    }

    // Branches and loops hold layers of their own, which are not this layer's numbers.
    private static IEnumerable<WeightParams> Below(IMessage message)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType != FieldType.Message || field.IsMap)
                continue;
            object? value = field.Accessor.GetValue(message);
            IEnumerable<object> parts = field.IsRepeated ? ((IList)value).Cast<object>() : value is null ? [] : [value];
            foreach (object part in parts)
                if (part is WeightParams weights)
                    yield return weights;
                else if (part is IMessage inner and not (NeuralNetwork or QuantizationParams))
                    foreach (WeightParams deeper in Below(inner))
                        yield return deeper;
        }
    }
}
