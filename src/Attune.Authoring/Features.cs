using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>Descriptions of features, as the file has them.</summary>
internal static class Features
{
    public static FeatureDescription Array(string name, ReadOnlySpan<int> shape, MLMultiArrayDataType dataType)
    {
        var array = new ArrayFeatureType { DataType = (ArrayFeatureType.Types.ArrayDataType)dataType };
        foreach (int size in shape)
            array.Shape.Add(size);
        return new FeatureDescription { Name = name, Type = new FeatureType { MultiArrayType = array } };
    }

    public static FeatureDescription Image(string name, int width, int height, ImageColorSpace colorSpace) => new()
    {
        Name = name,
        Type = new FeatureType
        {
            ImageType = new ImageFeatureType
            {
                Width = width,
                Height = height,
                ColorSpace = (ImageFeatureType.Types.ColorSpace)colorSpace,
            },
        },
    };

    public static FeatureDescription Double(string name) =>
        new() { Name = name, Type = new FeatureType { DoubleType = new DoubleFeatureType() } };

    public static FeatureDescription Int64(string name) =>
        new() { Name = name, Type = new FeatureType { Int64Type = new Int64FeatureType() } };

    public static FeatureDescription String(string name) =>
        new() { Name = name, Type = new FeatureType { StringType = new StringFeatureType() } };

    /// <summary>A label: a string or an integer.</summary>
    public static FeatureDescription Label(string name, bool isString) => isString ? String(name) : Int64(name);

    /// <summary>Probabilities by label.</summary>
    public static FeatureDescription Dictionary(string name, bool hasStringKeys)
    {
        var dictionary = new DictionaryFeatureType();
        if (hasStringKeys)
            dictionary.StringKeyType = new StringFeatureType();
        else
            dictionary.Int64KeyType = new Int64FeatureType();
        return new FeatureDescription { Name = name, Type = new FeatureType { DictionaryType = dictionary } };
    }
}
