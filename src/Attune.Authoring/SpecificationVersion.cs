using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>
/// The lowest version of the format that has everything a network uses. Source: semantics of the format, 4.2.
/// </summary>
internal static class SpecificationVersion
{
    private const int Float16Weights = 2;
    private const int FlexibleShapesOrQuantizedWeights = 3;
    private const int UpdatableOrExact = 4;
    private const int Float16Features = 7;
    private const int Int8Features = 10;

    public static int Needed(Model model, NetworkSpecification network)
    {
        int needed = 1;
        if (model.IsUpdatable
            || network.ArrayMapping != NeuralNetworkMultiArrayShapeMapping.Rank5ArrayMapping
            || network.ImageMapping != NeuralNetworkImageShapeMapping.Rank5ImageMapping)
            needed = UpdatableOrExact;
        foreach (NeuralNetworkLayer layer in network.Layers)
            needed = Math.Max(needed, OfLayer(layer));

        ModelDescription description = model.Description;
        IEnumerable<FeatureDescription> features =
            description.Input.Concat(description.Output).Concat(description.TrainingInput);
        foreach (FeatureDescription feature in features)
            needed = Math.Max(needed, OfFeature(feature.Type));
        return needed;
    }

    // The numbers of the fields grew with the versions.
    private static int OfLayer(NeuralNetworkLayer layer)
    {
        int group = (int)layer.LayerCase switch
        {
            >= 1450 => 5,
            >= 600 => 4,
            500 => 2,
            211 or 212 => 3,
            _ => 1,
        };
        foreach (WeightParams weights in LayerWeights.Of(layer))
        {
            if (weights.Float16Value.Length > 0)
                group = Math.Max(group, Float16Weights);
            if (weights.Quantization is not null)
                group = Math.Max(group, weights.Int8RawValue.Length > 0 ? 5 : FlexibleShapesOrQuantizedWeights);
        }
        return group;
    }

    private static int OfFeature(FeatureType type)
    {
        if (type.MultiArrayType is { } array)
            return array.DataType switch
            {
                ArrayFeatureType.Types.ArrayDataType.Float16 => Float16Features,
                ArrayFeatureType.Types.ArrayDataType.Int8 => Int8Features,
                _ => array.ShapeFlexibilityCase == ArrayFeatureType.ShapeFlexibilityOneofCase.None
                    ? 1
                    : FlexibleShapesOrQuantizedWeights,
            };
        if (type.ImageType?.ColorSpace == ImageFeatureType.Types.ColorSpace.GrayscaleFloat16)
            return Float16Features;
        return type.ImageType is { SizeFlexibilityCase: not ImageFeatureType.SizeFlexibilityOneofCase.None }
            ? FlexibleShapesOrQuantizedWeights
            : 1;
    }
}
