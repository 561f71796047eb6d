using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>What a feature is to its model.</summary>
internal enum FeatureRole
{
    Input,
    Output,
    State,
}

/// <summary>A feature of a model's description.</summary>
/// <param name="Feature">Its message.</param>
/// <param name="Role">What it is to the model.</param>
/// <param name="Version">The model's specification version.</param>
/// <param name="Where">Where it stands in the file.</param>
internal sealed record ValidatedFeature(FeatureDescription Feature, FeatureRole Role, int Version, string Where)
    : IValidated
{
    /// <summary>Versions before this know no flexible sizes, and look at the plain ones only.</summary>
    private const int FlexibleSizes = 3;

    public FeatureType Type => Feature.Type ?? new FeatureType();

    public ArrayFeatureType? Array => Feature.Type?.MultiArrayType;

    public ImageFeatureType? Image => Feature.Type?.ImageType;

    /// <summary>The array where its flexible shapes count.</summary>
    public ArrayFeatureType? FlexibleArray => Version >= FlexibleSizes ? Array : null;

    /// <summary>The image where its flexible sizes count.</summary>
    public ImageFeatureType? FlexibleImage => Version >= FlexibleSizes ? Image : null;

    public override string ToString() => $"Feature '{Feature.Name}'";
}
