using Attune.Arrays;
using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>
/// How a feature enters a network: the shape that its value has there, and its numbers. Images enter as planes [C,H,W]
/// of values 0 to 255, channels in the model's order.
/// </summary>
internal sealed class NetworkInput
{
    private readonly MLFeatureDescription description;
    private readonly bool exactArrays;
    private readonly bool rank4Images;
    private readonly bool blueFirst;
    private readonly double defaultValue;

    // The shape of the last array and what it is in the network, so that predictions alike make no new ones.
    private ArrayShape? last;

    private NetworkInput(FeatureDescription field, MLFeatureDescription description, NetworkSpecification network)
    {
        this.description = description;
        exactArrays = network.ArrayMapping == NeuralNetworkMultiArrayShapeMapping.ExactArrayMapping;
        rank4Images = network.ImageMapping == NeuralNetworkImageShapeMapping.Rank4ImageMapping;
        blueFirst = field.Type.ImageType?.ColorSpace == ImageFeatureType.Types.ColorSpace.Bgr;
        defaultValue = DefaultOf(field.Type.MultiArrayType);
        DefaultShape = description.Type switch
        {
            MLFeatureType.MultiArray => OfArray(description.MultiArrayConstraint!.Shape),
            MLFeatureType.Image => OfImage(
                description.ImageConstraint!.PixelsWide, description.ImageConstraint.PixelsHigh, Channels(description)),
            MLFeatureType.Double or MLFeatureType.Int64 => OfArray([1]),
            _ => throw new MLModelFormatException(
                $"A neural network takes arrays, images and numbers; its input '{description.Name}' is " +
                $"{description.Type}.",
                description.Name),
        };
    }

    public string Name => description.Name;

    /// <summary>The shape of the feature's value in the network where the caller does not choose one.</summary>
    public Shape DefaultShape { get; }

    /// <exception cref="MLModelFormatException">A network cannot take such a feature.</exception>
    public static NetworkInput Of(
        FeatureDescription field, MLModelDescription model, NetworkSpecification network) =>
        new(field, model.InputDescriptionsByName[field.Name], network);

    /// <summary>
    /// The shape in the network of a value that the description allows; null is a missing optional one.
    /// </summary>
    public Shape ShapeOf(MLFeatureValue? value) => value switch
    {
        null or { IsUndefined: true } => DefaultShape,
        { MultiArrayValue: { } array } => Known(array.ArrayShape),
        { ImageBufferValue: { } image } when image.Width != DefaultShape[-1] || image.Height != DefaultShape[-2] =>
            OfImage(image.Width, image.Height, Channels(description)),
        _ => DefaultShape,
    };

    /// <summary>Writes a value that the description allows.</summary>
    public void Write(MLFeatureValue? value, Span<float> destination)
    {
        if (value is null or { IsUndefined: true })
            destination.Fill((float)defaultValue);
        else if (value.MultiArrayValue is { } array)
            array.CopyTo(destination);
        else if (value.ImageBufferValue is { } image)
            PixelPlanes.CopyTo(image, destination, blueFirst);
        else
            destination[0] = value.Type == MLFeatureType.Int64 ? value.Int64Value : (float)value.DoubleValue;
    }

    /// <summary>The value of this input in <paramref name="features"/>, checked. An image of another size than the
    /// model's is scaled to it.</summary>
    /// <exception cref="MLFeatureException">It is missing, or the model does not take it.</exception>
    public MLFeatureValue? Get(IMLFeatureProvider? features, int? sample = null)
    {
        MLFeatureValue? value = description.Fitted(features?.GetFeatureValue(Name));
        description.Require(value, sample);
        return value;
    }

    private Shape Known(Shape outer)
    {
        if (last is { } known && known.Outer.Equals(outer))
            return known.Inner;
        Shape inner = OfArray(outer.Dimensions.ToArray());
        last = new ArrayShape(outer, inner);
        return inner;
    }

    private sealed record ArrayShape(Shape Outer, Shape Inner);

    private static int Channels(MLFeatureDescription image) =>
        PixelFormats.IsGray(image.ImageConstraint!.PixelFormat) ? 1 : 3;

    private Shape OfImage(int width, int height, int channels) =>
        Require(rank4Images ? [1, channels, height, width] : [1, 1, channels, height, width]);

    private Shape OfArray(IReadOnlyList<int> shape)
    {
        if (exactArrays)
            return Require(shape.Count == 0 ? [1] : [.. shape]);
        return shape.Count switch
        {
            0 => Require([1, 1, 1, 1, 1]),
            1 => Require([1, 1, shape[0], 1, 1]),
            3 => Require([1, 1, shape[0], shape[1], shape[2]]),
            5 => Require([.. shape]),
            _ => throw new MLModelFormatException(
                $"Input '{Name}' of a network with the rank-5 mapping takes an array of rank 1 ([C]), " +
                "3 ([C×H×W]) or 5; " +
                $"its shape is [{string.Join('×', shape)}].",
                Name),
        };
    }

    private Shape Require(ReadOnlySpan<int> dimensions)
    {
        if (Shape.TryOf(dimensions, out Shape? shape))
            return shape;
        throw new MLModelFormatException(
            $"Input '{Name}' has the shape [{string.Join('×', dimensions.ToArray())}], which no memory holds.", Name);
    }

    private static double DefaultOf(ArrayFeatureType? array) => array?.DefaultOptionalValueCase switch
    {
        ArrayFeatureType.DefaultOptionalValueOneofCase.IntDefaultValue => array.IntDefaultValue,
        ArrayFeatureType.DefaultOptionalValueOneofCase.FloatDefaultValue => array.FloatDefaultValue,
        ArrayFeatureType.DefaultOptionalValueOneofCase.DoubleDefaultValue => array.DoubleDefaultValue,
        _ => 0,
    };
}
