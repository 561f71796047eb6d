using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;

namespace Attune.Lowering;

/// <summary>
/// How a value of a network leaves it as a feature: the array, number or image that the model declares.
/// </summary>
internal sealed class NetworkOutput
{
    private readonly MLFeatureDescription description;
    private readonly bool rank5;
    private readonly bool blueFirst;

    public NetworkOutput(FeatureDescription field, MLFeatureDescription description, Value value, bool rank5)
    {
        this.description = description;
        this.rank5 = rank5;
        blueFirst = field.Type.ImageType?.ColorSpace == ImageFeatureType.Types.ColorSpace.Bgr;
        Value = value;
        if (description.Type is not (MLFeatureType.MultiArray or MLFeatureType.Image
            or MLFeatureType.Double or MLFeatureType.Int64))
            throw new MLModelFormatException(
                $"A neural network gives arrays, images and numbers; its output '{Name}' is {description.Type}.", Name);
    }

    public string Name => description.Name;

    public Value Value { get; }

    /// <summary>Whether the caller can say where the output is written.</summary>
    public bool TakesBacking => description.Type is MLFeatureType.MultiArray or MLFeatureType.Image;

    /// <summary>The feature made of one sample's numbers.</summary>
    /// <param name="numbers">The value, row-major.</param>
    /// <param name="shape">Its shape in the network.</param>
    /// <param name="backing">Where the caller wants it written; null for a new array or image.</param>
    /// <param name="earlier">A value that is given back if it holds the backing; may be null.</param>
    /// <exception cref="MLFeatureException">The backing is not of the output's kind or size.</exception>
    public MLFeatureValue Read(
        ReadOnlySpan<float> numbers, Shape shape, object? backing, MLFeatureValue? earlier) => description.Type switch
    {
        MLFeatureType.MultiArray => ReadArray(numbers, shape, backing, earlier),
        MLFeatureType.Image => ReadImage(numbers, shape, backing, earlier),
        MLFeatureType.Int64 => MLFeatureValue.FromInt64(Rounded(One(numbers))),
        _ => MLFeatureValue.FromDouble(One(numbers)),
    };

    private MLFeatureValue ReadArray(
        ReadOnlySpan<float> numbers, Shape shape, object? backing, MLFeatureValue? earlier)
    {
        if (backing is not (null or MLMultiArray)
            || backing is MLMultiArray { Count: var count } && count != numbers.Length)
            throw RefuseBacking($"an MLMultiArray of {numbers.Length} elements");
        MLMultiArray array = backing as MLMultiArray ?? new MLMultiArray(
            OuterShape(shape), description.MultiArrayConstraint!.DataType);
        array.CopyFrom(numbers);
        return earlier is not null && ReferenceEquals(earlier.MultiArrayValue, array)
            ? earlier
            : MLFeatureValue.FromMultiArray(array);
    }

    private MLFeatureValue ReadImage(
        ReadOnlySpan<float> numbers, Shape shape, object? backing, MLFeatureValue? earlier)
    {
        MLPixelFormat format = description.ImageConstraint!.PixelFormat;
        int channels = PixelFormats.IsGray(format) ? 1 : 3;
        if (shape.Rank < 3 || shape[-3] != channels || shape.CountOf(0, shape.Rank - 3) != 1)
            throw new MLModelFormatException(
                $"Output '{Name}' is an image with {channels} channels; the network makes {shape}.", Name);

        if (backing is not (null or MLPixelBuffer)
            || backing is MLPixelBuffer given
            && (given.Width != shape[-1] || given.Height != shape[-2] || given.PixelFormat != format))
            throw RefuseBacking($"an MLPixelBuffer of {shape[-1]} by {shape[-2]} pixels, {format}");
        MLPixelBuffer image = backing as MLPixelBuffer ?? new MLPixelBuffer(shape[-1], shape[-2], format);
        PixelPlanes.CopyFrom(numbers, image, blueFirst);
        return earlier is not null && ReferenceEquals(earlier.ImageBufferValue, image)
            ? earlier
            : MLFeatureValue.FromPixelBuffer(image);
    }

    /// <summary>
    /// The shape that the caller sees: the declared one where they differ by axes of size 1 alone, else the network's
    /// own without the leading axes that the rank-5 mapping added.
    /// </summary>
    private int[] OuterShape(Shape shape)
    {
        IReadOnlyList<int> declared = description.MultiArrayConstraint!.Shape;
        if (declared.Count > 0 && WithoutOnes(declared).SequenceEqual(WithoutOnes(shape.Dimensions.ToArray())))
            return [.. declared];
        if (shape.Rank == 0)
            return [1];
        if (!rank5 || shape.Rank != 5 || shape[0] != 1 || shape[1] != 1)
            return shape.Dimensions.ToArray();
        return shape[3] == 1 && shape[4] == 1 ? [shape[2]] : [shape[2], shape[3], shape[4]];
    }

    private static IEnumerable<int> WithoutOnes(IEnumerable<int> sizes) => sizes.Where(size => size != 1);

    private double One(ReadOnlySpan<float> numbers)
    {
        if (numbers.Length != 1)
            throw new MLModelFormatException(
                $"Output '{Name}' is one number; the network makes {numbers.Length}.", Name);
        return numbers[0];
    }

    private static long Rounded(double number) => long.CreateSaturating(Math.Round(number, MidpointRounding.ToEven));

    private MLFeatureException RefuseBacking(string takes) => new(
        $"The backing of output '{Name}' takes {takes}. Give such an object in " +
        "MLPredictionOptions.OutputBackings, or none.")
        { FeatureName = Name, Expected = takes };
}
