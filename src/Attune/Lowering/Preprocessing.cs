using Attune.Format;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Layers;

namespace Attune.Lowering;

/// <summary>
/// What a model does to its images before the first layer: scale and shift each channel, or subtract a mean image. Each
/// entry becomes a layer; several apply in file order. An entry without a name means the only image input.
/// </summary>
internal static class Preprocessing
{
    public static void Lower(
        NetworkSpecification specification,
        IReadOnlyList<FeatureDescription> inputs,
        Dictionary<string, Value> values,
        List<Node> nodes)
    {
        foreach (NeuralNetworkPreprocessing entry in specification.Preprocessing)
        {
            FeatureDescription input = Target(entry, inputs);
            Layer? layer = entry.PreprocessorCase switch
            {
                NeuralNetworkPreprocessing.PreprocessorOneofCase.Scaler => Scaler(entry.Scaler, input),
                NeuralNetworkPreprocessing.PreprocessorOneofCase.MeanImage => Mean(entry.MeanImage, input),
                _ => null,
            };
            if (layer is null)
                continue;
            var made = new Value(input.Name);
            nodes.Add(new Node(layer, [values[input.Name]], [made]));
            values[input.Name] = made;
        }
    }

    private static FeatureDescription Target(
        NeuralNetworkPreprocessing entry, IReadOnlyList<FeatureDescription> inputs)
    {
        FeatureDescription[] candidates = entry.FeatureName.Length > 0
            ? [.. inputs.Where(input => input.Name == entry.FeatureName)]
            : [.. inputs.Where(input => input.Type?.ImageType is not null)];
        return candidates.Length == 1
            ? candidates[0]
            : throw new MLModelFormatException(
                "Preprocessing takes the name of an input, or a model with one image input; got " +
                $"'{entry.FeatureName}' and {candidates.Length} such inputs.",
                entry.FeatureName);
    }

    private static ImageScaler Scaler(NeuralNetworkImageScaler scaler, FeatureDescription input)
    {
        float[] biases = input.Type.ImageType?.ColorSpace switch
        {
            ImageFeatureType.Types.ColorSpace.Bgr => [scaler.BlueBias, scaler.GreenBias, scaler.RedBias],
            ImageFeatureType.Types.ColorSpace.Rgb => [scaler.RedBias, scaler.GreenBias, scaler.BlueBias],
            _ => [scaler.GrayBias],
        };
        return new ImageScaler(input.Name, scaler.ChannelScale, biases);
    }

    private static MeanImage Mean(NeuralNetworkMeanImage mean, FeatureDescription input) =>
        new(input.Name, [.. mean.MeanImage]);
}
