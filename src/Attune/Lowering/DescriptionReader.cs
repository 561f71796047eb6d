using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>Reads what a model says of itself.</summary>
internal static class DescriptionReader
{
    /// <exception cref="MLModelFormatException">Something is missing or contradicts itself.</exception>
    public static MLModelDescription Read(Model model)
    {
        ModelDescription description = model.Description
            ?? throw new MLModelFormatException(
                "A model takes a description of its inputs and outputs; the file has none.");
        return new MLModelDescription
        {
            InputDescriptionsByName = ByName(description.Input, "input"),
            OutputDescriptionsByName = ByName(description.Output, "output"),
            TrainingInputDescriptionsByName = ByName(description.TrainingInput, "training input"),
            StateDescriptionsByName = ByName(description.State, "state"),
            PredictedFeatureName = NullIfEmpty(description.PredictedFeatureName),
            PredictedProbabilitiesName = NullIfEmpty(description.PredictedProbabilitiesName),
            ClassLabels = Lowering.ClassLabels.Of(model),
            IsUpdatable = model.IsUpdatable,
            ParameterDescriptionsByKey = MLModelDescription.ByKey(ParameterDescriptions.Of(model)),
            Metadata = ReadMetadata(description.Metadata),
        };
    }

    private static IReadOnlyDictionary<string, MLFeatureDescription> ByName(
        IEnumerable<FeatureDescription> fields, string role)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var descriptions = new List<MLFeatureDescription>();
        foreach (FeatureDescription field in fields)
        {
            if (field.Name.Length == 0)
                throw new MLModelFormatException($"Every {role} of a model takes a name; one has none.");
            if (!names.Add(field.Name))
                throw new MLModelFormatException($"The model has two {role}s called '{field.Name}'.", field.Name);
            descriptions.Add(FeatureReader.Read(field));
        }
        return MLModelDescription.ByName(descriptions);
    }

    private static MLModelMetadata ReadMetadata(Metadata? metadata) => metadata is null
        ? new MLModelMetadata()
        : new MLModelMetadata
        {
            Description = metadata.ShortDescription,
            VersionString = metadata.VersionString,
            Author = metadata.Author,
            License = metadata.License,
            CreatorDefined = new Dictionary<string, string>(metadata.UserDefined),
        };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
