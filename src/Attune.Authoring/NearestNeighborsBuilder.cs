using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>
/// Makes a nearest-neighbours classifier in code: usually an empty one, which learns from its user. It is updatable.
/// The counterpart of coremltools' <c>KNearestNeighborsClassifierBuilder</c>. Not thread-safe.
/// </summary>
/// <remarks>
/// The input is a Float32 array of as many numbers as a sample has. A training sample holds it and the label, under the
/// label's name.
/// </remarks>
/// <example><code>
/// MLModel classifier = new NearestNeighborsBuilder("embedding", dimensions: 128, defaultLabel: "unknown")
///     .NumberOfNeighbors(TrainingParameter.Int64(3, 1, 100))
///     .InverseDistanceWeighting()
///     .Build();
/// </code></example>
public sealed class NearestNeighborsBuilder
{
    private const int LeastVersion = 4;
    private const int StandardLeafSize = 30;

    private readonly string input;
    private readonly int dimensions;
    private readonly object defaultLabel;
    private readonly List<MLNeighborSample> samples = [];
    private readonly KNearestNeighborsClassifier message = new()
    {
        NearestNeighborsIndex = new NearestNeighborsIndex
        {
            LinearIndex = new LinearIndex(),
            SquaredEuclideanDistance = new SquaredEuclideanDistance(),
        },
        NumberOfNeighbors = TrainingParameter.Int64(5, 1, 1000).ToMessage(),
        UniformWeighting = new UniformWeighting(),
    };

    private string labelName = "label";
    private string? probabilitiesName = "labelProbs";

    /// <summary>A classifier with strings as labels and without samples.</summary>
    /// <param name="input">The name of the input.</param>
    /// <param name="dimensions">Numbers per sample, 1 or more.</param>
    /// <param name="defaultLabel">What is predicted while there are no samples.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are less than 1 dimensions.</exception>
    public NearestNeighborsBuilder(string input, int dimensions, string defaultLabel)
        : this(input, dimensions, (object)defaultLabel)
    {
        message.DefaultStringLabel = defaultLabel;
        message.StringClassLabels = new StringVector();
    }

    /// <summary>A classifier with integers as labels and without samples.</summary>
    /// <inheritdoc cref="NearestNeighborsBuilder(string, int, string)"/>
    public NearestNeighborsBuilder(string input, int dimensions, long defaultLabel)
        : this(input, dimensions, (object)defaultLabel)
    {
        message.DefaultInt64Label = defaultLabel;
        message.Int64ClassLabels = new Int64Vector();
    }

    private NearestNeighborsBuilder(string input, int dimensions, object defaultLabel)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentNullException.ThrowIfNull(defaultLabel);
        this.input = input;
        this.dimensions = dimensions;
        this.defaultLabel = defaultLabel;
        message.NearestNeighborsIndex.NumberOfDimensions = dimensions;
    }

    /// <summary>Names the outputs.</summary>
    /// <param name="label">The output that holds the label. Default: <c>label</c>.</param>
    /// <param name="probabilities">The output that holds each label's share of the votes; null for none. Default:
    /// <c>labelProbs</c>.</param>
    public NearestNeighborsBuilder Outputs(string label, string? probabilities)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        labelName = label;
        probabilitiesName = probabilities;
        return this;
    }

    /// <summary>How many neighbours vote. Default: 5, from 1 to 1000.</summary>
    /// <param name="number">A number alone allows no other.</param>
    public NearestNeighborsBuilder NumberOfNeighbors(Int64TrainingParameter number)
    {
        ArgumentNullException.ThrowIfNull(number);
        message.NumberOfNeighbors = number.ToMessage();
        return this;
    }

    /// <summary>Lets each neighbour have one vote over its distance. Default: each has one.</summary>
    public NearestNeighborsBuilder InverseDistanceWeighting()
    {
        message.InverseDistanceWeighting = new InverseDistanceWeighting();
        return this;
    }

    /// <summary>Searches by a tree, which finds the same, with few dimensions faster. Default: no tree.</summary>
    /// <param name="leafSize">Samples that are not split further, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public NearestNeighborsBuilder Tree(int leafSize = StandardLeafSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leafSize, 1);
        message.NearestNeighborsIndex.SingleKdTreeIndex = new SingleKdTreeIndex { LeafSize = leafSize };
        return this;
    }

    /// <summary>Adds samples that the classifier knows from the start.</summary>
    /// <exception cref="ArgumentException">A sample has another number of dimensions, numbers that are not finite, or a
    /// label of another type than the default label's.</exception>
    public NearestNeighborsBuilder Add(params IEnumerable<MLNeighborSample> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        foreach (MLNeighborSample sample in known)
        {
            if (sample.Values.Length != dimensions
                || sample.Values.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
                || sample.Label.GetType() != defaultLabel.GetType())
                throw new ArgumentException(
                    $"The classifier takes samples of {dimensions} finite numbers with labels like '{defaultLabel}'; " +
                    $"got {sample.Values.Length} numbers with the label '{sample.Label}'.",
                    nameof(known));
            samples.Add(sample);
        }
        return this;
    }

    /// <summary>Makes the model, in memory.</summary>
    /// <exception cref="MLModelFormatException">The default number of neighbours is not allowed, or names of features
    /// are equal.</exception>
    public MLModel Build()
    {
        Int64Parameter number = message.NumberOfNeighbors;
        if (number.DefaultValue < 1
            || (number.Set is { } set && !set.Values.Contains(number.DefaultValue))
            || (number.Range is { } range
                && (number.DefaultValue < range.MinValue || number.DefaultValue > range.MaxValue)))
            throw new MLModelFormatException(
                $"The number of neighbours takes 1 or more, and one that is allowed; got {number.DefaultValue}.");
        return MLModel.Of(ModelDocument.Of(ToMessage()));
    }

    /// <summary>Makes the model and writes it, in the form that the extension names.</summary>
    /// <param name="path">Where to. What is there is replaced.</param>
    /// <exception cref="MLModelFormatException">As for <see cref="Build"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => Build().Write(path);

    private Model ToMessage()
    {
        KNearestNeighborsClassifier own = message.Clone();
        foreach (MLNeighborSample sample in samples)
        {
            var vector = new FloatVector();
            vector.Vector.AddRange(sample.Values.ToArray());
            own.NearestNeighborsIndex.FloatSamples.Add(vector);
            if (sample.Label is string text)
                own.StringClassLabels.Vector.Add(text);
            else
                own.Int64ClassLabels.Vector.Add((long)sample.Label);
        }
        FeatureDescription point = Features.Array(input, [dimensions], MLMultiArrayDataType.Float32);
        FeatureDescription label = Features.Label(labelName, defaultLabel is string);
        var description = new ModelDescription
        {
            Input = { point },
            Output = { label },
            TrainingInput = { point.Clone(), label.Clone() },
            PredictedFeatureName = labelName,
        };
        if (probabilitiesName is { } name)
        {
            description.Output.Add(Features.Dictionary(name, defaultLabel is string));
            description.PredictedProbabilitiesName = name;
        }
        return new Model
        {
            SpecificationVersion = LeastVersion,
            IsUpdatable = true,
            Description = description,
            KNearestNeighborsClassifier = own,
        };
    }
}
