using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Attune.Format.Specification;
using Google.Protobuf.Collections;

namespace Attune.Format;

/// <summary>Describes a model in JSON, in the shape that Apple's tools print.</summary>
internal static class MetadataJson
{
    // By specification version: macOS, iOS (and Catalyst), tvOS, watchOS.
    private static readonly string[][] Availability =
    [
        ["10.13", "11.0", "11.0", "4.0"], ["10.13.2", "11.2", "11.2", "4.2"], ["10.14", "12.0", "12.0", "5.0"],
        ["10.15", "13.0", "13.0", "6.0"], ["11.0", "14.0", "14.0", "7.0"], ["12.0", "15.0", "15.0", "8.0"],
        ["13.0", "16.0", "16.0", "9.0"], ["14.0", "17.0", "17.0", "10.0"], ["15.0", "18.0", "18.0", "11.0"],
        ["26.0", "26.0", "26.0", "26.0"],
    ];

    // It is a file of its own, never part of a page, so that letters of all languages may stand as they are.
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a list of one object.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="document">The model.</param>
    /// <param name="changes">What is different from the document.</param>
    /// <param name="name">Its name, from which generated classes are named.</param>
    public static void Write(Stream destination, ModelDocument document, ModelChanges changes, string name)
    {
        Model model = document.ModelWith(changes);
        using var json = new Utf8JsonWriter(destination, Readable);
        json.WriteStartArray();
        json.WriteStartObject();
        WriteAbout(json, model);
        WriteInterface(json, model);
        WriteContent(json, document, model);
        json.WriteString("generatedClassName", ClassName(name));
        json.WriteString("method", "predict");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteAbout(Utf8JsonWriter json, Model model)
    {
        Metadata about = model.Description?.Metadata ?? new Metadata();
        json.WriteString("metadataOutputVersion", "3.0");
        json.WriteString("shortDescription", about.ShortDescription);
        json.WriteString("author", about.Author);
        json.WriteString("license", about.License);
        json.WriteString("version", about.VersionString);
        json.WriteStartObject("userDefinedMetadata");
        foreach ((string key, string value) in about.UserDefined)
            json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteNumber("specificationVersion", model.SpecificationVersion);
        if (model.SpecificationVersion is > 0 and int version && version <= Availability.Length)
        {
            string[] systems = Availability[version - 1];
            json.WriteStartObject("availability");
            json.WriteString("macOS", systems[0]);
            json.WriteString("iOS", systems[1]);
            json.WriteString("macCatalyst", systems[1]);
            json.WriteString("tvOS", systems[2]);
            json.WriteString("watchOS", systems[3]);
            json.WriteEndObject();
        }
    }

    private static void WriteInterface(Utf8JsonWriter json, Model model)
    {
        ModelDescription description = model.Description ?? new ModelDescription();
        FunctionDescription? function = description.Functions
            .FirstOrDefault(function => function.Name == description.DefaultFunctionName);
        Features("inputSchema", function?.Input ?? description.Input);
        Features("outputSchema", function?.Output ?? description.Output);
        Features("stateSchema", function?.State ?? description.State);
        Features("trainingInputSchema", description.TrainingInput);
        if (ModelFacts.ClassLabels(model) is { Count: > 0 } labels)
        {
            json.WriteStartArray("classLabels");
            foreach (string label in labels)
                json.WriteStringValue(label);
            json.WriteEndArray();
        }

        void Features(string name, RepeatedField<FeatureDescription> features)
        {
            json.WriteStartArray(name);
            foreach (FeatureDescription feature in features)
                FeatureJson.Write(json, feature);
            json.WriteEndArray();
        }
    }

    private static void WriteContent(Utf8JsonWriter json, ModelDocument document, Model model)
    {
        json.WriteString("isUpdatable", model.IsUpdatable ? "1" : "0");
        json.WriteStartObject("modelType");
        json.WriteString("name", ModelFacts.TypeName(model));
        if (ModelFacts.Stages(model) is { Count: > 0 } stages)
        {
            json.WriteStartArray("structure");
            foreach (Model stage in stages)
            {
                json.WriteStartObject();
                json.WriteString("name", ModelFacts.TypeName(stage));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteString("storagePrecision", Precision(document));
        string histogram = model.TypeCase == Model.TypeOneofCase.MlProgram
            ? "mlProgramOperationTypeHistogram"
            : "neuralNetworkLayerTypeHistogram";
        if (ModelFacts.Histogram(model) is { Count: > 0 } counts)
        {
            json.WriteStartObject(histogram);
            foreach ((string kind, int count) in counts)
                json.WriteNumber(kind, count);
            json.WriteEndObject();
        }
        ParameterJson.Write(json, model);
    }

    private static string Precision(ModelDocument document)
    {
        string[] kinds =
            [.. document.Blobs.Select(blob => blob.Kind.ToString()).Distinct().Order(StringComparer.Ordinal)];
        return kinds.Length switch
        {
            0 => nameof(WeightKind.Float32),
            1 => kinds[0],
            _ => string.Create(CultureInfo.InvariantCulture, $"Mixed ({string.Join(", ", kinds)})"),
        };
    }

    private static string ClassName(string name)
    {
        string letters = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return letters.Length == 0 || char.IsAsciiDigit(letters[0]) ? "_" + letters : letters;
    }
}
