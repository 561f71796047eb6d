using Attune.Features;

namespace Attune;

/// <summary>What an array feature takes. Core ML: <c>MLMultiArrayConstraint</c>.</summary>
public sealed class MLMultiArrayConstraint
{
    internal MLMultiArrayConstraint(
        IReadOnlyList<int> shape, MLMultiArrayDataType dataType, MLMultiArrayShapeConstraint? shapeConstraint = null)
    {
        Shape = shape;
        DataType = dataType;
        ShapeConstraint = shapeConstraint ?? MLMultiArrayShapeConstraint.Unspecified;
    }

    /// <summary>The shape; where several are allowed, the default one. Empty: any.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The element type that the model declares. Inputs of the other types are converted.</summary>
    public MLMultiArrayDataType DataType { get; }

    /// <summary>Which shapes are allowed beside <see cref="Shape"/>.</summary>
    public MLMultiArrayShapeConstraint ShapeConstraint { get; }

    internal bool IsAllowed(MLMultiArray array) => ShapeConstraint.Type switch
    {
        MLMultiArrayShapeConstraintType.Enumerated => IsEnumerated(array.ArrayShape),
        MLMultiArrayShapeConstraintType.Range => InRanges(array.Shape),
        _ => Shape.Count == 0 || array.ArrayShape.Is(Shape),
    };

    /// <summary>What is taken, for messages: <c>a multi-array Float32 [1×28×28]</c>.</summary>
    public override string ToString() => ShapeConstraint.Type switch
    {
        MLMultiArrayShapeConstraintType.Enumerated =>
            $"a multi-array {DataType} "
            + Wording.Alternatives(ShapeConstraint.EnumeratedShapes.Select(Wording.Shape)),
        MLMultiArrayShapeConstraintType.Range =>
            $"a multi-array {DataType} [{string.Join(" × ", ShapeConstraint.SizeRangeForDimension)}]",
        _ => Shape.Count == 0 ? $"a multi-array {DataType}" : $"a multi-array {DataType} {Wording.Shape(Shape)}",
    };

    // Loops rather than queries: every prediction comes through here, and they allocate nothing.
    private bool IsEnumerated(Arrays.Shape shape)
    {
        for (int i = 0; i < ShapeConstraint.EnumeratedShapes.Count; i++)
            if (shape.Is(ShapeConstraint.EnumeratedShapes[i]))
                return true;
        return false;
    }

    private bool InRanges(IReadOnlyList<int> shape)
    {
        IReadOnlyList<MLSizeRange> ranges = ShapeConstraint.SizeRangeForDimension;
        if (ranges.Count != shape.Count)
            return false;
        for (int axis = 0; axis < shape.Count; axis++)
            if (!ranges[axis].Contains(shape[axis]))
                return false;
        return true;
    }
}
