using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>The network of a model, and what it makes.</summary>
/// <param name="Model">The model.</param>
/// <param name="Network">Its network.</param>
internal sealed record ValidatedNetwork(ValidatedModel Model, NetworkSpecification Network) : IValidated
{
    public string Where => Model.Where;

    public ModelDescription Description => Model.Description;

    public bool MapsArraysExactly => Network.ArrayMapping != NeuralNetworkMultiArrayShapeMapping.Rank5ArrayMapping;

    public bool MapsImagesExactly => Network.ImageMapping != NeuralNetworkImageShapeMapping.Rank5ImageMapping;

    /// <summary>Whether there is a layer that networks whose arrays all have rank 5 do not know.</summary>
    public bool HasNewLayers { get; } = !Network.Layers.All(IsClassic);

    /// <summary>Whether arrays may have any rank.</summary>
    public bool IsExact => HasNewLayers || MapsArraysExactly || MapsImagesExactly;

    public IEnumerable<FeatureDescription> ArrayInputs =>
        Description.Input.Where(input => input.Type?.MultiArrayType is not null);

    /// <summary>The values that layers make, once they have been looked at.</summary>
    public NetworkScope Scope { get; set; } = new();

    private HashSet<string> InputNames { get; } =
        [.. Model.Description.Input.Select(input => input.Name)];

    /// <summary>Whether a layer makes the value, be it under the name of an input.</summary>
    public bool Makes(string value) => Scope.CountMakers(value) > (InputNames.Contains(value) ? 1 : 0);

    // Forms of the old kinds that came later are new as well.
    private static bool IsClassic(NeuralNetworkLayer layer) => layer switch
    {
        { Convolution: not null } => layer.Input.Count == 1,
        { InnerProduct.Int8DynamicQuantize: true } => false,
        { Upsample: { } fields } => fields.FractionalScalingFactor.Count == 0
            && fields.LinearUpsampleMode == UpsampleLayerParams.Types.LinearUpsampleMode.Default,
        { ReorganizeData.Mode: ReorganizeDataLayerParams.Types.ReorganizationType.PixelShuffle } => false,
        _ => LayerForms.Of(layer.LayerCase)?.IsClassic == true,
    };
}
