using Attune.Features;

namespace Attune;

/// <summary>The array that a stateful model keeps between predictions. Core ML: <c>MLStateConstraint</c>.</summary>
public sealed class MLStateConstraint
{
    internal MLStateConstraint(IReadOnlyList<int> bufferShape, MLMultiArrayDataType dataType)
    {
        BufferShape = bufferShape;
        DataType = dataType;
    }

    /// <summary>The shape of the array.</summary>
    public IReadOnlyList<int> BufferShape { get; }

    /// <summary>The type of its elements.</summary>
    public MLMultiArrayDataType DataType { get; }

    /// <summary>What is kept, for messages: <c>a state Float16 [1×32×512]</c>.</summary>
    public override string ToString() => $"a state {DataType} {Wording.Shape(BufferShape)}";
}
