using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>A model: of a file, or a stage of a pipeline.</summary>
/// <param name="Model">Its message.</param>
/// <param name="Document">Holds the weights that the message does not.</param>
/// <param name="Path">Where the model stands in the file; empty for the file's own.</param>
internal sealed record ValidatedModel(Model Model, ModelDocument Document, string Path) : IValidated
{
    public ModelDescription Description { get; } = Model.Description ?? new ModelDescription();

    public string Kind => ModelFacts.FieldName(Model.TypeCase);

    /// <summary>Where the model's own type stands.</summary>
    public string Where => In(Kind);

    /// <summary>A feature with its place, by its list's name.</summary>
    public IEnumerable<ValidatedFeature> Features(
        string list, IEnumerable<FeatureDescription> features, FeatureRole role) =>
        features.Select((feature, index) => new ValidatedFeature(
            feature,
            role,
            Model.SpecificationVersion,
            In($"description.{list}[{index}]{(feature.Name.Length == 0 ? "" : $" '{feature.Name}'")}")));

    public string In(string field) => Path.Length == 0 ? field : $"{Path}.{field}";
}
