using System.Globalization;
using Attune.Format.Specification;

namespace Attune.Build;

/// <summary>What a feature's type demands, in sentences: <c>An image of 28 × 28 pixels, grayscale.</c></summary>
internal static class FeatureFacts
{
    /// <summary>Longer lists of shapes and sizes are cut.</summary>
    private const int MostListed = 8;

    public static string Of(FeatureType type) => type.TypeCase switch
    {
        FeatureType.TypeOneofCase.Int64Type => "A whole number.",
        FeatureType.TypeOneofCase.DoubleType => "A number.",
        FeatureType.TypeOneofCase.StringType => "A text.",
        FeatureType.TypeOneofCase.ImageType => Image(type.ImageType),
        FeatureType.TypeOneofCase.MultiArrayType when type.IsOptional =>
            Array(type.MultiArrayType) + Default(type.MultiArrayType),
        FeatureType.TypeOneofCase.MultiArrayType => Array(type.MultiArrayType),
        FeatureType.TypeOneofCase.DictionaryType => "A number for each key.",
        FeatureType.TypeOneofCase.SequenceType => $"A list of {Range(type.SequenceType.SizeRange)} values.",
        _ => "A value of a type that is not known here.",
    };

    /// <summary>The member of <c>MLPixelFormat</c> that a model with this colour space takes, or null.</summary>
    public static string? PixelFormat(ImageFeatureType.Types.ColorSpace color) => color switch
    {
        ImageFeatureType.Types.ColorSpace.Grayscale => "OneComponent8",
        ImageFeatureType.Types.ColorSpace.GrayscaleFloat16 => "OneComponent16Half",
        ImageFeatureType.Types.ColorSpace.Rgb or ImageFeatureType.Types.ColorSpace.Bgr => "Bgra32",
        _ => null,
    };

    private static string Image(ImageFeatureType image)
    {
        string color = image.ColorSpace switch
        {
            ImageFeatureType.Types.ColorSpace.Grayscale => "grayscale",
            ImageFeatureType.Types.ColorSpace.GrayscaleFloat16 => "grayscale of 16-bit floating-point numbers",
            _ => "colour",
        };
        string format = PixelFormat(image.ColorSpace) is { } name ? $" (MLPixelFormat.{name})" : "";
        string flexible = image.SizeFlexibilityCase switch
        {
            ImageFeatureType.SizeFlexibilityOneofCase.EnumeratedSizes => " Other sizes: "
                + List(image.EnumeratedSizes.Sizes.Select(size => $"{size.Width} × {size.Height}")) + ".",
            ImageFeatureType.SizeFlexibilityOneofCase.ImageSizeRange => " Other sizes: "
                + $"{Range(image.ImageSizeRange.WidthRange)} pixels wide, "
                + $"{Range(image.ImageSizeRange.HeightRange)} high.",
            _ => "",
        };
        return $"An image of {image.Width} × {image.Height} pixels, {color}{format}.{flexible}";
    }

    private static string Array(ArrayFeatureType array)
    {
        string flexible = array.ShapeFlexibilityCase switch
        {
            ArrayFeatureType.ShapeFlexibilityOneofCase.EnumeratedShapes => " Other shapes: "
                + List(array.EnumeratedShapes.Shapes.Select(shape => Shape(shape.Shape_))) + ".",
            ArrayFeatureType.ShapeFlexibilityOneofCase.ShapeRange => " Other shapes: "
                + $"[{List(array.ShapeRange.SizeRanges.Select(Range))}].",
            _ => "",
        };
        return $"An array of {DataType(array.DataType)} values, shape {Shape(array.Shape)}.{flexible}";
    }

    private static string DataType(ArrayFeatureType.Types.ArrayDataType type) => type switch
    {
        ArrayFeatureType.Types.ArrayDataType.InvalidArrayDataType => "unstated",
        _ when System.Enum.IsDefined(typeof(ArrayFeatureType.Types.ArrayDataType), type) => type.ToString(),
        _ => "unknown",
    };

    private static string Default(ArrayFeatureType array) => array.DefaultOptionalValueCase switch
    {
        ArrayFeatureType.DefaultOptionalValueOneofCase.IntDefaultValue => Default(array.IntDefaultValue),
        ArrayFeatureType.DefaultOptionalValueOneofCase.FloatDefaultValue => Default(array.FloatDefaultValue),
        ArrayFeatureType.DefaultOptionalValueOneofCase.DoubleDefaultValue => Default(array.DoubleDefaultValue),
        _ => Default(0),
    };

    private static string Default(IFormattable value) =>
        $" When it is null, every value is {value.ToString(null, CultureInfo.InvariantCulture)}.";

    private static string Shape(IEnumerable<long> shape) =>
        $"[{List(shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";

    private static string Range(SizeRange? range) => range switch
    {
        null => "any number of",
        { UpperBound: < 0 } => $"{range.LowerBound} or more",
        _ when range.LowerBound == (ulong)range.UpperBound => $"{range.LowerBound}",
        _ => $"{range.LowerBound} to {range.UpperBound}",
    };

    private static string List(IEnumerable<string> parts)
    {
        string[] first = [.. parts.Take(MostListed + 1)];
        return string.Join(", ", first.Take(MostListed)) + (first.Length > MostListed ? ", …" : "");
    }
}
