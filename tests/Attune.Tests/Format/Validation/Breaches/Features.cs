using Attune.Format.Specification;
using Element = Attune.Format.Specification.ArrayFeatureType.Types.ArrayDataType;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Descriptions of features that keep all rules; arrays are those of <see cref="TestModels"/>.</summary>
internal static class Features
{
    public static FeatureDescription Number(string name) => Of(name, new() { DoubleType = new() });

    public static FeatureDescription Integer(string name) => Of(name, new() { Int64Type = new() });

    public static FeatureDescription Text(string name) => Of(name, new() { StringType = new() });

    public static FeatureDescription Texts(string name) =>
        Of(name, new() { SequenceType = new() { StringType = new() } });

    public static FeatureDescription Integers(string name) =>
        Of(name, new() { SequenceType = new() { Int64Type = new() } });

    public static FeatureDescription Image(string name) => Of(name, new() { ImageType = Gray() });

    public static FeatureDescription State(string name) => Of(
        name, new() { StateType = new() { ArrayType = new() { Shape = { 2 }, DataType = Element.Float16 } } });

    public static ImageFeatureType Gray() => new()
    {
        Width = 4, Height = 4, ColorSpace = ImageFeatureType.Types.ColorSpace.Grayscale,
    };

    public static FeatureDescription Of(string name, FeatureType type) => new() { Name = name, Type = type };
}
