using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>When two features are the same to Core ML.</summary>
internal static class FeatureTypes
{
    /// <summary>
    /// Of one name and type. Whether one is optional, and how flexible its sizes are, does not count.
    /// </summary>
    public static bool AreEquivalent(FeatureDescription a, FeatureDescription b) =>
        a.Name == b.Name && AreEquivalent(a.Type, b.Type);

    public static bool AreEquivalent(FeatureType? a, FeatureType? b)
    {
        if (a is null || b is null)
            return a is null && b is null;
        if (a.TypeCase != b.TypeCase)
            return false;
        return a switch
        {
            { MultiArrayType: { } array } => AreEquivalent(array, b.MultiArrayType),
            { ImageType: { } image } => image.Width == b.ImageType.Width
                && image.Height == b.ImageType.Height
                && image.ColorSpace == b.ImageType.ColorSpace,
            { DictionaryType: { } dictionary } => dictionary.KeyTypeCase == b.DictionaryType.KeyTypeCase,
            { SequenceType: { } sequence } => sequence.TypeCase == b.SequenceType.TypeCase,
            _ => true,
        };
    }

    private static bool AreEquivalent(ArrayFeatureType a, ArrayFeatureType b) =>
        a.DataType == b.DataType
        && Rank(a) == Rank(b)
        && (IsFlexible(a) || IsFlexible(b) || a.Shape.Equals(b.Shape));

    private static bool IsFlexible(ArrayFeatureType array) =>
        array.ShapeFlexibilityCase != ArrayFeatureType.ShapeFlexibilityOneofCase.None;

    private static int Rank(ArrayFeatureType array) => array switch
    {
        { EnumeratedShapes: { } list } => list.Shapes.FirstOrDefault()?.Shape_.Count ?? 0,
        { ShapeRange: { } range } => range.SizeRanges.Count,
        _ => array.Shape.Count,
    };
}
