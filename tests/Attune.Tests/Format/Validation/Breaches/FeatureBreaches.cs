using Attune.Format.Specification;
using Color = Attune.Format.Specification.ImageFeatureType.Types.ColorSpace;
using Element = Attune.Format.Specification.ArrayFeatureType.Types.ArrayDataType;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on features, most of them in the input of a model that takes any.</summary>
internal static class FeatureBreaches
{
    private static readonly SizeRange Reversed = new() { LowerBound = 3, UpperBound = 2 };

    public static IReadOnlyList<Breach> All { get; } =
    [
        new("feature.name.missing", Models.Identity, model => model.Description.Input[0].Name = ""),
        new("feature.type.missing", Models.Identity, model => model.Description.Input[0].Type = new()),
        OfInput("feature.dictionary.keys", new() { DictionaryType = new() { StringKeyType = new() } }, type =>
            type.DictionaryType.ClearKeyType()),
        new(
            "feature.sequence.version",
            () => Models.Of(Integers("x"), Number("y"), model => model.Identity = new()),
            model => model.SpecificationVersion = 2),
        OfInput("feature.sequence.type", Integers("x").Type, type => type.SequenceType.ClearType()),
        OfInput("feature.sequence.sizes", Integers("x").Type, type => type.SequenceType.SizeRange = Reversed),
        new("feature.state.place", Models.Program, model => model.Description.State.Add(Number("n"))),
        new(
            "feature.state.type",
            Models.Program,
            model => model.Description.State[0].Type.StateType.ArrayType.DataType = Element.Float32),
        new("feature.state.version", Models.Program, model => model.SpecificationVersion = 8),

        OfArray("feature.array.shape.missing", array => array.Shape.Clear()),
        OfArray("feature.array.shape.negative", array => array.Shape[0] = -1),
        OfArray("feature.array.shapes.none", array => array.EnumeratedShapes = new()),
        OfArray("feature.array.ranges.reversed", array => array.ShapeRange = new() { SizeRanges = { Reversed } }),
        OfArray(
            "feature.array.shape.default",
            array => array.EnumeratedShapes =
                new() { Shapes = { new ArrayFeatureType.Types.Shape { Shape_ = { 5 } } } }),
        OfArray("feature.array.elements", array => array.DataType = 0),
        new(
            "feature.array.elements.version",
            () => Models.Of(
                Of("x", new() { MultiArrayType = new() { Shape = { 2 }, DataType = Element.Float16 } }),
                Number("y"),
                model => model.Identity = new()),
            model => model.SpecificationVersion = 6),
        OfArray("feature.array.default.type", array => array.DoubleDefaultValue = 1),

        OfImage("feature.image.sizes.none", image => image.EnumeratedSizes = new()),
        OfImage("feature.image.ranges.reversed", image => image.ImageSizeRange = new() { WidthRange = Reversed }),
        OfImage(
            "feature.image.size.default",
            image => image.EnumeratedSizes =
                new() { Sizes = { new ImageFeatureType.Types.ImageSize { Width = 5, Height = 5 } } }),
        OfImage("feature.image.size.missing", image => image.Width = 0),
        OfImage("feature.image.color", image => image.ColorSpace = 0),
        new(
            "feature.image.color.version",
            () => Models.Of(Image("x"), Number("y"), model =>
            {
                model.Identity = new();
                model.Description.Input[0].Type.ImageType.ColorSpace = Color.GrayscaleFloat16;
            }),
            model => model.SpecificationVersion = 6),
    ];

    private static Breach OfArray(string rule, Action<ArrayFeatureType> spoil) =>
        OfInput(rule, TestModels.Array("x", 2).Type, type => spoil(type.MultiArrayType));

    private static Breach OfImage(string rule, Action<ImageFeatureType> spoil) =>
        OfInput(rule, Image("x").Type, type => spoil(type.ImageType));

    private static Breach OfInput(string rule, FeatureType type, Action<FeatureType> spoil) => new(
        rule,
        () => Models.Of(Of("x", type.Clone()), Number("y"), model => model.Identity = new()),
        model => spoil(model.Description.Input[0].Type));
}
