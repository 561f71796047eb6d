using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>Reads the description of one feature: its type and which values it takes.</summary>
internal static class FeatureReader
{
    /// <exception cref="MLModelFormatException">The type is missing, or its sizes are none that an array can
    /// have.</exception>
    public static MLFeatureDescription Read(FeatureDescription field)
    {
        FeatureType type = field.Type ?? new FeatureType();
        return new MLFeatureDescription(field.Name, KindOf(field.Name, type))
        {
            IsOptional = type.IsOptional,
            ShortDescription = field.ShortDescription,
            MultiArrayConstraint = type.MultiArrayType is { } array ? ReadArray(field.Name, array) : null,
            ImageConstraint = type.ImageType is { } image ? ReadImage(field.Name, image) : null,
            DictionaryConstraint =
                type.DictionaryType is { } dictionary ? ReadDictionary(field.Name, dictionary) : null,
            SequenceConstraint = type.SequenceType is { } sequence ? ReadSequence(field.Name, sequence) : null,
            StateConstraint = type.StateType?.ArrayType is { } state
                ? new MLStateConstraint(Sizes(field.Name, state.Shape), ElementType(field.Name, state.DataType))
                : null,
        };
    }

    private static MLFeatureType KindOf(string name, FeatureType type) => type.TypeCase switch
    {
        FeatureType.TypeOneofCase.Int64Type => MLFeatureType.Int64,
        FeatureType.TypeOneofCase.DoubleType => MLFeatureType.Double,
        FeatureType.TypeOneofCase.StringType => MLFeatureType.String,
        FeatureType.TypeOneofCase.ImageType => MLFeatureType.Image,
        FeatureType.TypeOneofCase.MultiArrayType => MLFeatureType.MultiArray,
        FeatureType.TypeOneofCase.DictionaryType => MLFeatureType.Dictionary,
        FeatureType.TypeOneofCase.SequenceType => MLFeatureType.Sequence,
        FeatureType.TypeOneofCase.StateType => MLFeatureType.State,
        _ => throw new MLModelFormatException(
            $"Feature '{name}' takes a type; the file gives none that is known.", name),
    };

    private static MLMultiArrayConstraint ReadArray(string name, ArrayFeatureType array) => new(
        Sizes(name, array.Shape),
        ElementType(name, array.DataType),
        array.ShapeFlexibilityCase switch
        {
            ArrayFeatureType.ShapeFlexibilityOneofCase.EnumeratedShapes => MLMultiArrayShapeConstraint.Enumerated(
                [.. array.EnumeratedShapes.Shapes.Select(shape => Sizes(name, shape.Shape_))]),
            ArrayFeatureType.ShapeFlexibilityOneofCase.ShapeRange => MLMultiArrayShapeConstraint.Ranges(
                [.. array.ShapeRange.SizeRanges.Select(Range)]),
            _ => null,
        });

    private static MLImageConstraint ReadImage(string name, ImageFeatureType image) => new(
        Size(name, image.Width),
        Size(name, image.Height),
        image.ColorSpace switch
        {
            ImageFeatureType.Types.ColorSpace.Grayscale => MLPixelFormat.OneComponent8,
            ImageFeatureType.Types.ColorSpace.GrayscaleFloat16 => MLPixelFormat.OneComponent16Half,
            ImageFeatureType.Types.ColorSpace.Rgb or ImageFeatureType.Types.ColorSpace.Bgr => MLPixelFormat.Bgra32,
            _ => throw new MLModelFormatException(
                $"Image '{name}' takes a colour space; the file gives none that is known.", name),
        },
        image.SizeFlexibilityCase switch
        {
            ImageFeatureType.SizeFlexibilityOneofCase.EnumeratedSizes => MLImageSizeConstraint.Enumerated(
                [.. image.EnumeratedSizes.Sizes.Select(size => new MLImageSize(
                    Size(name, (long)Math.Min(size.Width, long.MaxValue)),
                    Size(name, (long)Math.Min(size.Height, long.MaxValue))))]),
            ImageFeatureType.SizeFlexibilityOneofCase.ImageSizeRange => MLImageSizeConstraint.Ranges(
                Range(image.ImageSizeRange.WidthRange ?? new SizeRange { UpperBound = -1 }),
                Range(image.ImageSizeRange.HeightRange ?? new SizeRange { UpperBound = -1 })),
            _ => null,
        });

    private static MLDictionaryConstraint ReadDictionary(string name, DictionaryFeatureType dictionary) =>
        new(dictionary.KeyTypeCase switch
        {
            DictionaryFeatureType.KeyTypeOneofCase.Int64KeyType => MLFeatureType.Int64,
            DictionaryFeatureType.KeyTypeOneofCase.StringKeyType => MLFeatureType.String,
            _ => throw new MLModelFormatException(
                $"Dictionary '{name}' takes a type of keys; the file gives none.", name),
        });

    private static MLSequenceConstraint ReadSequence(string name, SequenceFeatureType sequence) => new(
        sequence.TypeCase switch
        {
            SequenceFeatureType.TypeOneofCase.Int64Type => MLFeatureType.Int64,
            SequenceFeatureType.TypeOneofCase.StringType => MLFeatureType.String,
            _ => throw new MLModelFormatException(
                $"Sequence '{name}' takes a type of elements; the file gives none.", name),
        },
        sequence.SizeRange is { } range ? Range(range) : new MLSizeRange(0, -1));

    private static MLSizeRange Range(SizeRange range) =>
        new((long)Math.Min(range.LowerBound, long.MaxValue), range.UpperBound);

    private static MLMultiArrayDataType ElementType(string name, ArrayFeatureType.Types.ArrayDataType type) =>
        Enum.IsDefined((MLMultiArrayDataType)type)
            ? (MLMultiArrayDataType)type
            : throw new MLModelFormatException(
                $"Array '{name}' takes a type of elements; the file gives {(int)type}.", name);

    private static int[] Sizes(string name, IReadOnlyList<long> sizes) => [.. sizes.Select(size => Size(name, size))];

    private static int Size(string name, long size) => size is >= 0 and <= int.MaxValue
        ? (int)size
        : throw new MLModelFormatException(
            $"Feature '{name}' takes sizes from 0 to {int.MaxValue}; the file gives {size}.", name);
}
