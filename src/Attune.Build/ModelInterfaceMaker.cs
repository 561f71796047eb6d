using Attune.Format.Specification;

namespace Attune.Build;

/// <summary>The file's description to our plain one.</summary>
internal sealed class ModelInterfaceMaker(string path, ICollection<Diagnostic> diagnostics)
{
    /// <summary>The interface, or null after an error was added.</summary>
    public ModelInterface? Make(ModelDescription description, bool isUpdatable)
    {
        FunctionDescription main = MainFunction(description);
        IReadOnlyList<FeatureInterface> training = isUpdatable ? Features(description.TrainingInput) : [];
        if (isUpdatable && training.Count == 0)
            diagnostics.Add(Diagnostics.NoTrainingInputs(path));
        Metadata metadata = description.Metadata ?? new Metadata();
        var model = new ModelInterface
        {
            Description = metadata.ShortDescription,
            Author = metadata.Author,
            License = metadata.License,
            Version = metadata.VersionString,
            IsUpdatable = training.Count > 0,
            PredictedFeatureName = main.PredictedFeatureName,
            PredictedProbabilitiesName = main.PredictedProbabilitiesName,
            Inputs = Features(main.Input),
            Outputs = Features(main.Output),
            TrainingInputs = training,
            States = [.. main.State.Select(state => state.Name)],
        };
        return IsUsable(model) ? model : null;
    }

    /// <summary>A model with several functions describes them in place of its own features; the class serves the
    /// default one.</summary>
    private static FunctionDescription MainFunction(ModelDescription description) =>
        description.Functions.FirstOrDefault(function => function.Name == description.DefaultFunctionName)
        ?? description.Functions.FirstOrDefault()
        ?? new FunctionDescription
        {
            Input = { description.Input },
            Output = { description.Output },
            State = { description.State },
            PredictedFeatureName = description.PredictedFeatureName,
            PredictedProbabilitiesName = description.PredictedProbabilitiesName,
        };

    private bool IsUsable(ModelInterface model)
    {
        int before = diagnostics.Count;
        if (model.Inputs.Count == 0)
            diagnostics.Add(Diagnostics.NoFeatures(path, "inputs"));
        if (model.Outputs.Count == 0)
            diagnostics.Add(Diagnostics.NoFeatures(path, "outputs"));
        CheckNames(model.Inputs, "inputs");
        CheckNames(model.Outputs, "outputs");
        CheckNames(model.TrainingInputs, "training inputs");
        return diagnostics.Count == before;
    }

    private void CheckNames(IReadOnlyList<FeatureInterface> features, string kind)
    {
        if (features.Count > ModelInterfaceReader.MostFeatures)
            diagnostics.Add(Diagnostics.TooManyFeatures(path, kind, features.Count, ModelInterfaceReader.MostFeatures));
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (features.FirstOrDefault(feature => !names.Add(feature.Name)) is { } twin)
            diagnostics.Add(Diagnostics.FileBroken(path, $"Two of its {kind} are named '{Text.OneLine(twin.Name)}'."));
    }

    private IReadOnlyList<FeatureInterface> Features(IEnumerable<FeatureDescription> features) =>
        [.. features.Where(feature => feature.Type?.TypeCase != FeatureType.TypeOneofCase.StateType).Select(Feature)];

    private FeatureInterface Feature(FeatureDescription feature)
    {
        FeatureType type = feature.Type ?? new FeatureType();
        FeatureKind kind = Kind(type);
        if (kind == FeatureKind.Unknown)
            diagnostics.Add(Diagnostics.UnknownType(path, feature.Name));
        ImageInterface? image = kind == FeatureKind.Image ? Image(type.ImageType) : null;
        return new(feature.Name, kind, type.IsOptional, feature.ShortDescription, FeatureFacts.Of(type), image);
    }

    private static FeatureKind Kind(FeatureType type) => type.TypeCase switch
    {
        FeatureType.TypeOneofCase.Int64Type => FeatureKind.Int64,
        FeatureType.TypeOneofCase.DoubleType => FeatureKind.Double,
        FeatureType.TypeOneofCase.StringType => FeatureKind.String,
        FeatureType.TypeOneofCase.ImageType => FeatureKind.Image,
        FeatureType.TypeOneofCase.MultiArrayType => FeatureKind.MultiArray,
        FeatureType.TypeOneofCase.DictionaryType => type.DictionaryType.KeyTypeCase switch
        {
            DictionaryFeatureType.KeyTypeOneofCase.StringKeyType => FeatureKind.StringDictionary,
            DictionaryFeatureType.KeyTypeOneofCase.Int64KeyType => FeatureKind.Int64Dictionary,
            _ => FeatureKind.Unknown,
        },
        FeatureType.TypeOneofCase.SequenceType => type.SequenceType.TypeCase switch
        {
            SequenceFeatureType.TypeOneofCase.StringType => FeatureKind.StringSequence,
            SequenceFeatureType.TypeOneofCase.Int64Type => FeatureKind.Int64Sequence,
            _ => FeatureKind.Unknown,
        },
        _ => FeatureKind.Unknown,
    };

    private static ImageInterface? Image(ImageFeatureType image) =>
        image is { Width: > 0 and <= int.MaxValue, Height: > 0 and <= int.MaxValue }
        && FeatureFacts.PixelFormat(image.ColorSpace) is { } format
            ? new((int)image.Width, (int)image.Height, format)
            : null;
}
