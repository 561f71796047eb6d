using Google.Protobuf.Collections;
using Element = Attune.Format.Specification.ArrayFeatureType.Types.ArrayDataType;
using Flexibility = Attune.Format.Specification.ArrayFeatureType.ShapeFlexibilityOneofCase;
using Value = Attune.Format.Specification.ArrayFeatureType.DefaultOptionalValueOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on features that are arrays.</summary>
internal static class FeatureArrayRules
{
    private const int Float16Elements = 7;
    private const int Int8Elements = 10;

    public static IReadOnlyList<ValidationRule<ValidatedFeature>> All { get; } =
    [
        new ValidationRule<ValidatedFeature>(
            "feature.array.shape.missing",
            "An input that is an array has a shape, or shapes that it may have.",
            "Give the array a shape.",
            Missing).Tolerated("The array's first value tells the shape."),
        new(
            "feature.array.shape.negative",
            "The sizes of an array are not negative.",
            "Correct the shape.",
            Negative),
        new(
            "feature.array.shapes.none",
            "A list of shapes that an array may have is not empty, and neither are they.",
            "List the shapes, or remove the list.",
            Enumerated),
        new(
            "feature.array.ranges.reversed",
            "The least size of an array along an axis is not above the greatest.",
            "Correct the ranges.",
            Ranges),
        new ValidationRule<ValidatedFeature>(
            "feature.array.shape.default",
            "The default shape of an array is one of those that it may have.",
            "Add the default shape to those allowed, or correct it.",
            DefaultShape).Tolerated("The default shape is a hint; the allowed shapes decide."),
        new(
            "feature.array.elements",
            "An array's elements are DOUBLE, FLOAT32, FLOAT16, INT32 or INT8.",
            "Set dataType.",
            Elements),
        new ValidationRule<ValidatedFeature>(
            "feature.array.elements.version",
            "FLOAT16 elements take specification version 7 or more, INT8 elements version 10.",
            "Raise the specification version.",
            ElementsVersion).Tolerated("What the elements are does not depend on the version."),
        new ValidationRule<ValidatedFeature>(
            "feature.array.default.type",
            "The default value of an optional array is of the type of its elements.",
            "Set the default value that fits dataType.",
            DefaultValue).Tolerated("The number is converted."),
    ];

    private static IEnumerable<Flaw> Missing(ValidatedFeature feature)
    {
        if (feature.Role != FeatureRole.Input || feature.Array is not { Shape.Count: 0 })
            yield break;
        if ((feature.FlexibleArray?.ShapeFlexibilityCase ?? Flexibility.None) == Flexibility.None)
            yield return new Flaw($"{feature} (array) takes a shape; the file gives none.", "type");
    }

    private static IEnumerable<Flaw> Negative(ValidatedFeature feature)
    {
        if (feature.Array?.Shape.Any(size => size < 0) == true)
            yield return new Flaw(
                $"{feature} (array) takes sizes from 0; got {Text(feature.Array.Shape)}.", "type.shape");
    }

    private static IEnumerable<Flaw> Enumerated(ValidatedFeature feature)
    {
        if (feature.FlexibleArray?.EnumeratedShapes is not { } shapes)
            yield break;
        if (shapes.Shapes.Count == 0)
            yield return new Flaw($"{feature} (array) lists the shapes that it takes; the list is empty.", "type");
        else if (shapes.Shapes.Any(shape => shape.Shape_.Count == 0))
            yield return new Flaw($"{feature} (array) takes shapes of one axis or more; got one without.", "type");
    }

    private static IEnumerable<Flaw> Ranges(ValidatedFeature feature) =>
        from range in feature.FlexibleArray?.ShapeRange?.SizeRanges ?? []
        where SizeRanges.IsReversed(range)
        select new Flaw($"{feature} (array) has an axis of {SizeRanges.Text(range)} elements.", "type.shapeRange");

    private static IEnumerable<Flaw> DefaultShape(ValidatedFeature feature)
    {
        if (feature.FlexibleArray is not { Shape.Count: > 0 } array)
            yield break;
        bool isAllowed = array.ShapeFlexibilityCase switch
        {
            Flexibility.EnumeratedShapes =>
                array.EnumeratedShapes.Shapes.Any(shape => shape.Shape_.Equals(array.Shape)),
            Flexibility.ShapeRange => array.ShapeRange.SizeRanges.Count == array.Shape.Count
                && array.Shape.Zip(array.ShapeRange.SizeRanges).All(
                    pair => SizeRanges.Contains(pair.Second, pair.First)),
            _ => true,
        };
        if (!isAllowed)
            yield return new Flaw(
                $"{feature} (array) has the default shape {Text(array.Shape)}, which is none of those it takes.",
                "type.shape");
    }

    private static IEnumerable<Flaw> Elements(ValidatedFeature feature)
    {
        if (feature.Array is { } array
            && array.DataType is not (Element.Double or Element.Float32 or Element.Float16 or Element.Int32
                or Element.Int8))
            yield return new Flaw(
                $"{feature} (array) takes DOUBLE, FLOAT32, FLOAT16, INT32 or INT8 elements; the file gives " +
                $"{(int)array.DataType}.",
                "type.dataType");
    }

    private static IEnumerable<Flaw> ElementsVersion(ValidatedFeature feature)
    {
        int needed = feature.Array?.DataType switch
        {
            Element.Float16 => Float16Elements,
            Element.Int8 => Int8Elements,
            _ => 0,
        };
        if (feature.Version < needed)
            yield return new Flaw(
                $"{feature} (array) has {feature.Array!.DataType} elements, which take specification version " +
                $"{needed} or more; got {feature.Version}.",
                "type.dataType");
    }

    private static IEnumerable<Flaw> DefaultValue(ValidatedFeature feature)
    {
        if (feature.Array is not { } array)
            yield break;
        bool fits = array.DefaultOptionalValueCase switch
        {
            Value.DoubleDefaultValue => array.DataType == Element.Double,
            Value.FloatDefaultValue => array.DataType is Element.Float32 or Element.Float16,
            Value.IntDefaultValue => array.DataType == Element.Int32,
            _ => true,
        };
        if (!fits)
            yield return new Flaw(
                $"{feature} (array) has {array.DataType} elements; its default is a {array.DefaultOptionalValueCase}.",
                "type");
    }

    private static string Text(RepeatedField<long> shape) => $"[{string.Join('×', shape)}]";
}
