using System.Globalization;
using System.Text.Json;
using Attune.Format.Specification;

namespace Attune.Format;

/// <summary>Describes a feature in JSON, as an entry of a schema.</summary>
internal static class FeatureJson
{
    public static void Write(Utf8JsonWriter json, FeatureDescription feature)
    {
        FeatureType type = feature.Type ?? new FeatureType();
        json.WriteStartObject();
        json.WriteString("name", feature.Name);
        json.WriteString("shortDescription", feature.ShortDescription);
        json.WriteString("isOptional", Flag(type.IsOptional));
        switch (type.TypeCase)
        {
            case FeatureType.TypeOneofCase.ImageType:
                WriteImage(json, type.ImageType);
                break;
            case FeatureType.TypeOneofCase.MultiArrayType:
                WriteArray(json, "MultiArray", type.MultiArrayType);
                break;
            case FeatureType.TypeOneofCase.StateType:
                WriteArray(json, "State", type.StateType.ArrayType ?? new ArrayFeatureType());
                break;
            case FeatureType.TypeOneofCase.DictionaryType:
                string key = type.DictionaryType.KeyTypeCase == DictionaryFeatureType.KeyTypeOneofCase.Int64KeyType
                    ? "Int64" : "String";
                json.WriteString("keyType", key);
                WriteType(json, "Dictionary", $"Dictionary ({key} → Double)");
                break;
            case FeatureType.TypeOneofCase.SequenceType:
                string value = type.SequenceType.TypeCase == SequenceFeatureType.TypeOneofCase.Int64Type
                    ? "Int64" : "String";
                WriteType(json, "Sequence", $"Sequence ({value})");
                break;
            default:
                string name = type.TypeCase.ToString().Replace("Type", "", StringComparison.Ordinal);
                WriteType(json, name, name);
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, ImageFeatureType image)
    {
        bool isGray = image.ColorSpace is ImageFeatureType.Types.ColorSpace.Grayscale
            or ImageFeatureType.Types.ColorSpace.GrayscaleFloat16;
        json.WriteString("width", Text(image.Width));
        json.WriteString("height", Text(image.Height));
        json.WriteString("colorspace", image.ColorSpace.ToString().ToUpperInvariant());
        json.WriteString("isColor", Flag(!isGray));
        json.WriteString(
            "hasSizeFlexibility", Flag(image.SizeFlexibilityCase != ImageFeatureType.SizeFlexibilityOneofCase.None));
        string colour = isGray ? "Grayscale" : "Color";
        WriteType(json, "Image", $"Image ({colour} {Text(image.Width)} × {Text(image.Height)})");
    }

    private static void WriteArray(Utf8JsonWriter json, string type, ArrayFeatureType array)
    {
        string[] sizes = [.. array.Shape.Select(Text)];
        string element = array.DataType.ToString();
        json.WriteString("dataType", element);
        json.WriteString("shape", $"[{string.Join(", ", sizes)}]");
        json.WriteString(
            "hasShapeFlexibility", Flag(array.ShapeFlexibilityCase != ArrayFeatureType.ShapeFlexibilityOneofCase.None));
        WriteType(json, type, $"{type} ({string.Join(' ', [element, string.Join(" × ", sizes)])})");
    }

    private static void WriteType(Utf8JsonWriter json, string type, string formatted)
    {
        json.WriteString("type", type);
        json.WriteString("formattedType", formatted);
    }

    private static string Flag(bool value) => value ? "1" : "0";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
