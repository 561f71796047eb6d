using Attune.Format;
using Attune.Format.Specification;
using Attune.Format.Validation;

namespace Attune.Authoring;

/// <summary>
/// What a new model (<see cref="NetworkBuilder"/>) and an existing one (<see cref="UpdatableModel"/>) have in common:
/// how it is trained, what it says of itself, and how it is made or saved. Not thread-safe.
/// </summary>
/// <typeparam name="TDraft">The type itself, which every method returns so that calls can be chained.</typeparam>
public abstract partial class ModelDraft<TDraft>
    where TDraft : ModelDraft<TDraft>
{
    private readonly Metadata metadata = new();
    private readonly Dictionary<string, string> featureTexts = new(StringComparer.Ordinal);

    private protected ModelDraft()
    {
    }

    /// <summary>
    /// What may be trained. The default is what Core ML itself accepts, so that Apple's tools open the model;
    /// <see cref="MLUpdateProfile.Any"/> also allows layers that only Attune trains, and models that only Attune loads
    /// (docs/validation.md has the rules of both).
    /// </summary>
    public MLUpdateProfile Profile { get; init; } = MLUpdateProfile.CoreML;

    private protected abstract TDraft This { get; }

    private protected UpdateDraft Update { get; } = new();

    /// <summary>Sets what the model does, in a sentence or two.</summary>
    /// <param name="text">The text; replaces what there was.</param>
    public TDraft Description(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        metadata.ShortDescription = text;
        return This;
    }

    /// <summary>Sets who made the model.</summary>
    /// <param name="text">The text; replaces what there was.</param>
    public TDraft Author(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        metadata.Author = text;
        return This;
    }

    /// <summary>Sets the model's licence.</summary>
    /// <param name="text">The text; replaces what there was.</param>
    public TDraft License(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        metadata.License = text;
        return This;
    }

    /// <summary>Sets the model's version.</summary>
    /// <param name="text">The text; replaces what there was.</param>
    public TDraft Version(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        metadata.VersionString = text;
        return This;
    }

    /// <summary>Adds an entry of one's own to the metadata.</summary>
    /// <param name="key">Its name; an entry of that name is replaced.</param>
    /// <param name="value">The text.</param>
    public TDraft UserDefined(string key, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        metadata.UserDefined[key] = value;
        return This;
    }

    /// <summary>
    /// Says what a feature is: an input, an output, a training input, in all of which the text appears.
    /// </summary>
    /// <param name="featureName">The feature; <see cref="Build"/> checks that there is one.</param>
    /// <param name="text">The text; replaces what there was.</param>
    public TDraft Describe(string featureName, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(featureName);
        ArgumentNullException.ThrowIfNull(text);
        featureTexts[featureName] = text;
        return This;
    }

    /// <summary>Every rule of the format that the model would break as it stands; empty if it can be built.</summary>
    public IReadOnlyList<ModelProblem> Check() => Compose().Problems;

    /// <summary>Makes the model, in memory. The draft can be changed and built again.</summary>
    /// <exception cref="MLModelFormatException">The model would break rules of the format; all are named
    /// (<see cref="Check"/> gives them one by one).</exception>
    public MLModel Build() => MLModel.Of(BuildDocument());

    /// <summary>
    /// Makes the model and writes it: <c>.mlmodel</c>, <c>.mlpackage</c> or <c>.mlmodelc</c>, as the extension says.
    /// </summary>
    /// <param name="path">Where to. What is there is replaced.</param>
    /// <exception cref="MLModelFormatException">As for <see cref="Build"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Build().Write(path);
    }

    /// <summary>The model as a file has it.</summary>
    /// <exception cref="MLModelFormatException">As for <see cref="Build"/>.</exception>
    internal ModelDocument BuildDocument()
    {
        Composition made = Compose();
        if (made.Problems.Count > 0)
            throw new MLModelFormatException(
                $"The model cannot be built: it breaks {made.Problems.Count} " +
                $"{(made.Problems.Count == 1 ? "rule" : "rules")} of the format.\n{string.Join('\n', made.Problems)}");
        return made.Source.Edited(made.Model);
    }

    /// <summary>
    /// The model's message without what all drafts have in common, and the document that holds weights it names.
    /// </summary>
    private protected abstract Composition Begin();

    /// <summary>The shape of a value as a feature; null if it is not known.</summary>
    private protected abstract int[]? FeatureShapeOf(string value);

    private Composition Compose()
    {
        Composition made = Begin();
        Model model = made.Model;
        made.Problems.AddRange(Update.ApplyTo(model, FeatureShapeOf));
        WriteMetadata(model.Description);
        WriteTexts(model.Description, made.Problems);

        if (NetworkSpecification.Of(model) is { } network)
            model.SpecificationVersion =
                Math.Max(made.LeastVersion, SpecificationVersion.Needed(model, network));
        // What a draft that cannot be composed has of a network breaks rules only for that.
        bool isWhole = made.Problems.Count == 0;
        made.Problems.AddRange(ModelValidation.Check(model, made.Source, Weigh)
            .Where(finding => isWhole || finding.Rule.StartsWith("updatable.", StringComparison.Ordinal))
            .Select(ModelProblem.Of));
        return made;
    }

    // Core ML's rules and ours; or ours, and whatever an update task would refuse.
    private MLFindingSeverity? Weigh(ValidationRule rule)
    {
        if (Profile == MLUpdateProfile.CoreML)
            return rule.CoreML ?? rule.Default;
        bool isOfUpdates = rule.Id.StartsWith("updatable.", StringComparison.Ordinal);
        return isOfUpdates || rule.Default == MLFindingSeverity.Error ? rule.Default : null;
    }

    private void WriteMetadata(ModelDescription description)
    {
        if (metadata.CalculateSize() == 0)
            return;
        description.Metadata ??= new Metadata();
        description.Metadata.MergeFrom(metadata);
    }

    private void WriteTexts(ModelDescription description, List<ModelProblem> problems)
    {
        foreach ((string name, string text) in featureTexts)
        {
            FeatureDescription[] features =
            [
                .. description.Input.Concat(description.Output).Concat(description.TrainingInput)
                    .Where(feature => feature.Name == name),
            ];
            foreach (FeatureDescription feature in features)
                feature.ShortDescription = text;
            if (features.Length == 0)
                problems.Add(new ModelProblem(
                    "model.features.unknown",
                    $"A description is given for the feature '{name}'; the model has none of this name."));
        }
    }
}
