using Attune.Lowering;
using Attune.Models;

namespace Attune.Cli.Inspection;

/// <summary>Loads a model and reports what it is.</summary>
internal static class Inspector
{
    public static ModelReport Inspect(string path)
    {
        MLModel model = MLModel.Load(path);
        ModelStructure structure = ModelStructure.Of(model);
        MLModelDescription description = model.ModelDescription;
        PartReport part = Part(structure);
        return new ModelReport
        {
            Path = path,
            FileBytes = OutputFile.BytesOf(path),
            Type = structure.Type,
            SpecificationVersion = structure.SpecificationVersion,
            IsUpdatable = description.IsUpdatable,
            Metadata = Metadata(description.Metadata),
            Inputs = Features(description.InputDescriptionsByName),
            Outputs = Features(description.OutputDescriptionsByName),
            TrainingInputs = Features(description.TrainingInputDescriptionsByName),
            Labels = description.ClassLabels,
            Parameters = [.. description.ParameterDescriptionsByKey.Values.Select(Parameter)],
            Structure = part,
            Totals = Totals(part, structure.PredictionBytes),
            Unsupported = structure.Reasons,
            Findings = MLModelValidator.Validate(path, MLValidationProfile.CoreML),
        };
    }

    private static PartReport Part(ModelStructure structure) => new()
    {
        Type = structure.Type,
        Inputs = Features(structure.Description.InputDescriptionsByName),
        Outputs = Features(structure.Description.OutputDescriptionsByName),
        Numbers = structure.Numbers.ToDictionary(number => number.Name, number => number.Count),
        Layers = [.. structure.Layers.Select(Layer)],
        Stages = [.. structure.Stages.Select(Part)],
    };

    private static LayerReport Layer(LayerStructure layer) => new()
    {
        Name = layer.Name,
        Kind = layer.Kind,
        Inputs = layer.Inputs,
        Outputs = layer.Outputs,
        Shapes = [.. layer.Shapes.Select(shape => shape.Dimensions.ToArray())],
        Parameters = layer.Parameters,
        WeightBytes = layer.WeightBytes,
        Encoding = layer.Encoding,
        MultiplyAdds = layer.MultiplyAdds,
        IsUpdatable = layer.IsUpdatable,
        Unsupported = layer.Refusal,
    };

    private static TotalsReport Totals(PartReport part, long? predictionBytes)
    {
        LayerReport[] layers = [.. AllLayers(part)];
        return new TotalsReport
        {
            Layers = layers.Length,
            Parameters = layers.Sum(layer => layer.Parameters),
            UpdatableParameters = layers.Where(layer => layer.IsUpdatable).Sum(layer => layer.Parameters),
            MultiplyAdds = layers.Sum(layer => layer.MultiplyAdds ?? 0),
            WeightBytes = layers.Sum(layer => layer.WeightBytes),
            PredictionBytes = predictionBytes,
        };
    }

    private static IEnumerable<LayerReport> AllLayers(PartReport part) =>
        part.Layers.Concat(part.Stages.SelectMany(AllLayers));

    private static FeatureReport[] Features(IReadOnlyDictionary<string, MLFeatureDescription> features) =>
    [
        .. features.Values.Select(feature => new FeatureReport(
            feature.Name, feature.Expected["takes ".Length..], feature.IsOptional, feature.ShortDescription)),
    ];

    private static ParameterReport Parameter(MLParameterDescription parameter) => new(
        parameter.Key.ToString(), parameter.DefaultValue, parameter.NumericConstraint?.ToString() ?? "");

    private static Dictionary<string, string> Metadata(MLModelMetadata metadata)
    {
        var known = new Dictionary<string, string>
        {
            ["description"] = metadata.Description,
            ["author"] = metadata.Author,
            ["license"] = metadata.License,
            ["version"] = metadata.VersionString,
        };
        foreach (string key in metadata.CreatorDefined.Keys.Order(StringComparer.Ordinal))
            known.TryAdd(key, metadata.CreatorDefined[key]);
        return known.Where(entry => entry.Value.Length > 0).ToDictionary(entry => entry.Key, entry => entry.Value);
    }
}
