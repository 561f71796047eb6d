namespace Attune;

/// <summary>How an array feature's shapes are given. The numbers are Core ML's.</summary>
public enum MLMultiArrayShapeConstraintType
{
    /// <summary>One shape: <see cref="MLMultiArrayConstraint.Shape"/>; any if that is empty.</summary>
    Unspecified = 1,

    /// <summary>A list of shapes.</summary>
    Enumerated = 2,

    /// <summary>A range of sizes for each axis.</summary>
    Range = 3,
}

/// <summary>Which shapes an array feature takes. Core ML: <c>MLMultiArrayShapeConstraint</c>.</summary>
public sealed class MLMultiArrayShapeConstraint
{
    private MLMultiArrayShapeConstraint(
        MLMultiArrayShapeConstraintType type,
        IReadOnlyList<IReadOnlyList<int>> shapes,
        IReadOnlyList<MLSizeRange> ranges)
    {
        Type = type;
        EnumeratedShapes = shapes;
        SizeRangeForDimension = ranges;
    }

    /// <summary>How the shapes are given.</summary>
    public MLMultiArrayShapeConstraintType Type { get; }

    /// <summary>The shapes, if they are enumerated; else empty.</summary>
    public IReadOnlyList<IReadOnlyList<int>> EnumeratedShapes { get; }

    /// <summary>For each axis, outermost first, its range of sizes, if shapes are given so; else empty.</summary>
    public IReadOnlyList<MLSizeRange> SizeRangeForDimension { get; }

    internal static MLMultiArrayShapeConstraint Unspecified { get; } =
        new(MLMultiArrayShapeConstraintType.Unspecified, [], []);

    internal static MLMultiArrayShapeConstraint Enumerated(IReadOnlyList<IReadOnlyList<int>> shapes) =>
        new(MLMultiArrayShapeConstraintType.Enumerated, shapes, []);

    internal static MLMultiArrayShapeConstraint Ranges(IReadOnlyList<MLSizeRange> ranges) =>
        new(MLMultiArrayShapeConstraintType.Range, [], ranges);
}
