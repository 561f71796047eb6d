using Attune.Format.Specification;

namespace Attune.Authoring;

public sealed partial class NetworkBuilder
{
    private readonly List<FeatureDescription> inputs = [];
    private readonly List<NeuralNetworkPreprocessing> preprocessing = [];

    /// <summary>Adds an image, which enters as [channels×height×width] with values from 0 to 255.</summary>
    /// <param name="name">The feature's name, and the value's inside the network.</param>
    /// <param name="width">Pixels, 1 or more.</param>
    /// <param name="height">Pixels, 1 or more.</param>
    /// <param name="colorSpace">Its channels.</param>
    /// <exception cref="ArgumentException">The name is taken, or a size is not positive.</exception>
    public NetworkBuilder AddImageInput(
        string name, int width, int height, ImageColorSpace colorSpace = ImageColorSpace.Grayscale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (!Enum.IsDefined(colorSpace))
            throw new ArgumentOutOfRangeException(
                nameof(colorSpace), colorSpace, "An image takes one of the four colour spaces.");
        return AddInput(Features.Image(name, width, height, colorSpace));
    }

    /// <summary>Adds an array.</summary>
    /// <param name="name">The feature's name, and the value's inside the network.</param>
    /// <param name="shape">Its sizes, outermost first. With the rank-5 mapping [C] or [C×H×W] (or all five
    /// axes).</param>
    /// <param name="dataType">The type of its elements in the description; the network computes with Float32.</param>
    /// <exception cref="ArgumentException">The name is taken, or the mapping does not take such a shape.</exception>
    public NetworkBuilder AddArrayInput(
        string name, ReadOnlySpan<int> shape, MLMultiArrayDataType dataType = MLMultiArrayDataType.Float32)
    {
        foreach (int size in shape)
            if (size < 1)
                throw new ArgumentException(
                    $"Input '{name}' takes sizes of 1 or more; got [{string.Join('×', shape.ToArray())}].",
                    nameof(shape));
        if (!Enum.IsDefined(dataType))
            throw new ArgumentOutOfRangeException(
                nameof(dataType), dataType, "An array takes one of the five types of elements.");
        return AddInput(Features.Array(name, shape, dataType));
    }

    /// <summary>Adds a floating-point number, which enters as an array of one element.</summary>
    /// <param name="name">The feature's name, and the value's inside the network.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public NetworkBuilder AddDoubleInput(string name) => AddInput(Features.Double(name));

    /// <summary>Adds a whole number, which enters as an array of one element.</summary>
    /// <param name="name">The feature's name, and the value's inside the network.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public NetworkBuilder AddInt64Input(string name) => AddInput(Features.Int64(name));

    /// <summary>
    /// Scales and shifts an image before the first layer: y = channelScale · x + the bias of the channel.
    /// </summary>
    /// <param name="channelScale">Multiplies every pixel, such as 1/255.</param>
    /// <param name="redBias">Added to the red channel of a colour image, after scaling.</param>
    /// <param name="greenBias">Added to the green channel.</param>
    /// <param name="blueBias">Added to the blue channel.</param>
    /// <param name="grayBias">Added to the channel of a grey image.</param>
    /// <param name="input">The image; null where the model has only one.</param>
    /// <exception cref="ArgumentException">There is no such image input.</exception>
    public NetworkBuilder ScaleImage(
        float channelScale = 1,
        float redBias = 0,
        float greenBias = 0,
        float blueBias = 0,
        float grayBias = 0,
        string? input = null) => Preprocess(input, entry => entry.Scaler = new NeuralNetworkImageScaler
        {
            ChannelScale = channelScale,
            RedBias = redBias,
            GreenBias = greenBias,
            BlueBias = blueBias,
            GrayBias = grayBias,
        });

    /// <summary>Subtracts a mean image from an image before the first layer.</summary>
    /// <param name="mean">One number for each channel, row and column, in this order.</param>
    /// <param name="input">The image; null where the model has only one.</param>
    /// <exception cref="ArgumentException">There is no such image input, or it has another number of
    /// values.</exception>
    public NetworkBuilder SubtractMeanImage(ReadOnlySpan<float> mean, string? input = null)
    {
        FeatureDescription image = ImageInput(input);
        shapes.TryGet(image.Name, out Arrays.Shape? shape);
        if (mean.Length != shape!.Count)
            throw new ArgumentException(
                $"The mean image of input '{image.Name}' takes {shape.Count} numbers ({shape}); got {mean.Length}.",
                nameof(mean));
        float[] copy = mean.ToArray();
        return Preprocess(input, entry =>
        {
            entry.MeanImage = new NeuralNetworkMeanImage();
            entry.MeanImage.MeanImage.AddRange(copy);
        });
    }

    private NetworkBuilder AddInput(FeatureDescription field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field.Name, "name");
        if (shapes.Contains(field.Name))
            throw new ArgumentException(
                $"An input takes a name of its own; the network already has a value '{field.Name}'.");
        try
        {
            shapes.AddInput(field);
        }
        catch (MLModelFormatException refusal)
        {
            throw new ArgumentException(refusal.Message, refusal);
        }
        inputs.Add(field);
        return this;
    }

    private NetworkBuilder Preprocess(string? input, Action<NeuralNetworkPreprocessing> fill)
    {
        var entry = new NeuralNetworkPreprocessing { FeatureName = ImageInput(input).Name };
        fill(entry);
        preprocessing.Add(entry);
        return this;
    }

    private FeatureDescription ImageInput(string? name)
    {
        FeatureDescription[] images =
            [.. inputs.Where(input => input.Type.ImageType is not null && (name is null || input.Name == name))];
        return images.Length == 1
            ? images[0]
            : throw new ArgumentException(name is null
                ? $"Preprocessing takes the name of an image input, since the model has {images.Length} of them."
                : $"Preprocessing takes an image input; the model has none called '{name}'.");
    }
}
