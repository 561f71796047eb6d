using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Build.Tests;

/// <summary>Model files made of their description alone; the network is a block of zeros that nobody reads.</summary>
internal sealed class TestModel
{
    private const int NeuralNetworkField = 500;

    public ModelDescription Description { get; init; } = new();

    public bool IsUpdatable { get; init; }

    public int WeightBytes { get; init; } = 1000;

    /// <summary>The interface of Apple's updatable digit classifier.</summary>
    public static TestModel Digits { get; } = new()
    {
        IsUpdatable = true,
        Description = new ModelDescription
        {
            Input = { Feature("image", Image(28, 28), "The digit, white on black.") },
            Output = { Feature("digit", Words), Feature("digitProbabilities", TextDictionary) },
            TrainingInput =
            {
                Feature("image", Image(28, 28)),
                Feature("digit", Words, "What it shows, \"0\" to \"9\"."),
            },
            PredictedFeatureName = "digit",
            PredictedProbabilitiesName = "digitProbabilities",
            Metadata = new Metadata
            {
                ShortDescription = "Reads a handwritten digit.\nLearns your hand & <others>.",
                Author = "A. Author",
                License = "MIT",
                VersionString = "1.0",
            },
        },
    };

    public static FeatureType WholeNumber => new() { Int64Type = new() };

    public static FeatureType Number => new() { DoubleType = new() };

    public static FeatureType Words => new() { StringType = new() };

    public static FeatureType TextDictionary => new() { DictionaryType = new() { StringKeyType = new() } };

    public static FeatureType Int64Dictionary => new() { DictionaryType = new() { Int64KeyType = new() } };

    public static FeatureType TextSequence => new() { SequenceType = new() { StringType = new() } };

    public static FeatureType Int64Sequence => new()
    {
        SequenceType = new() { Int64Type = new(), SizeRange = new() { LowerBound = 1, UpperBound = 5 } },
    };

    public static FeatureType Image(
        int width, int height, ImageFeatureType.Types.ColorSpace color = ImageFeatureType.Types.ColorSpace.Grayscale) =>
        new() { ImageType = new() { Width = width, Height = height, ColorSpace = color } };

    public static FeatureType Array(params long[] shape) => new()
    {
        MultiArrayType = new() { Shape = { shape }, DataType = ArrayFeatureType.Types.ArrayDataType.Float32 },
    };

    public static FeatureType Optional(FeatureType type)
    {
        type.IsOptional = true;
        return type;
    }

    public static FeatureDescription Feature(string name, FeatureType? type, string description = "") =>
        new() { Name = name, Type = type, ShortDescription = description };

    /// <summary>A model with these inputs and one number as output.</summary>
    public static TestModel Taking(params FeatureDescription[] inputs) => new()
    {
        Description = new ModelDescription { Input = { inputs }, Output = { Feature("result", Number) } },
    };

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using CodedOutputStream output = new(stream, leaveOpen: true);
        output.WriteTag(1, WireFormat.WireType.Varint);
        output.WriteInt32(4);
        output.WriteTag(NeuralNetworkField, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(new byte[WeightBytes]));
        output.WriteTag(2, WireFormat.WireType.LengthDelimited);
        output.WriteMessage(Description);
        output.WriteTag(10, WireFormat.WireType.Varint);
        output.WriteBool(IsUpdatable);
        output.Flush();
        return stream.ToArray();
    }
}
