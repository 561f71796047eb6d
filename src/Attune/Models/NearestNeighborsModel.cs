using Attune.Format;
using Attune.Format.Specification;
using Attune.Lowering;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>A nearest-neighbours classifier. Models with other samples (<see cref="With"/>) share all else.</summary>
internal sealed class NearestNeighborsModel : ModelImplementation
{
    private readonly NeighborsSpecification specification;
    private readonly int slot;
    private readonly MLNeighborDistance distance;
    private readonly Workers workers;
    private readonly long neighbors;
    private readonly NeighborSearch search;

    private NearestNeighborsModel(
        NeighborsSpecification specification,
        int slot,
        MLNeighborDistance distance,
        Workers workers,
        long neighbors,
        NeighborSamples samples,
        NeighborSearch? search = null)
    {
        this.specification = specification;
        this.slot = slot;
        this.distance = distance;
        this.workers = workers;
        this.neighbors = neighbors;
        Samples = samples;
        this.search = search ?? new NeighborSearch(samples, distance, specification.LeafSize, workers);
    }

    public NeighborSamples Samples { get; }

    public NeighborLabels Labels => specification.Labels;

    public MLFeatureDescription Input => specification.Input;

    /// <exception cref="MLModelFormatException">The file contradicts itself.</exception>
    public static NearestNeighborsModel Make(ModelContext context)
    {
        KNearestNeighborsClassifier message = context.Model.KNearestNeighborsClassifier;
        NeighborsSpecification specification = NeighborsReader.Read(message, context.Description);
        return new NearestNeighborsModel(
            specification,
            context.Document.SlotOf(message),
            context.Configuration.NeighborDistance,
            context.Workers,
            (long)context.Parameters.ValueOf(MLParameterKey.NumberOfNeighbors)!,
            specification.Samples);
    }

    public NearestNeighborsModel With(NeighborSamples samples) =>
        new(specification, slot, distance, workers, neighbors, samples);

    public override ModelImplementation WithParameters(ParameterTable parameters) => new NearestNeighborsModel(
        specification,
        slot,
        distance,
        workers,
        (long)parameters.ValueOf(MLParameterKey.NumberOfNeighbors)!,
        Samples,
        search);

    public override MLModelDescription Describe(MLModelDescription description) =>
        ReferenceEquals(Samples, specification.Samples) ? description : description.WithClassLabels(Samples.Classes);

    public override ModelChanges Changes() => ReferenceEquals(Samples, specification.Samples)
        ? ModelChanges.None
        : new ModelChanges
        {
            Classifiers = new Dictionary<int, KNearestNeighborsClassifier>
            {
                [slot] = specification.MessageWith(Samples),
            },
        };

    public override IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options)
    {
        RequireNoBackings(options);
        float[] point = ReadPoint(input, sample: null);
        if (Samples.Count == 0)
            return Output(Labels.Default!, [Labels.Default!], [1]);
        (int winner, double[] shares) =
            NeighborVote.Count(Samples, search.Nearest(point, neighbors), specification.IsWeighted);
        return Output(Samples.Classes[winner], Samples.Classes, shares);
    }

    /// <summary>The numbers of a point.</summary>
    /// <exception cref="MLFeatureException">It is missing, not as long as a sample, or not finite.</exception>
    public float[] ReadPoint(IMLFeatureProvider features, int? sample)
    {
        MLFeatureValue? value = features.GetFeatureValue(Input.Name);
        Input.Require(value, sample);
        if (value?.MultiArrayValue is not { } array || array.Count != Samples.Dimensions)
            throw MLFeatureException.Of(
                Input.Name, $"takes {Samples.Dimensions} numbers", $"{value?.ToString() ?? "nothing"}", sample);
        var point = new float[array.Count];
        array.CopyTo(point);
        return point.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
            ? throw MLFeatureException.Of(Input.Name, "takes finite numbers", "a NaN or an infinity", sample)
            : point;
    }

    private MLDictionaryFeatureProvider Output(object label, IReadOnlyList<object> classes, double[] shares)
    {
        var features = new MLDictionaryFeatureProvider();
        if (Labels.LabelOutput is { } labelName)
            features[labelName] =
                label is string text ? MLFeatureValue.FromString(text) : MLFeatureValue.FromInt64((long)label);
        if (Labels.ProbabilitiesOutput is { } probabilitiesName)
            features[probabilitiesName] = Labels.AreStrings
                ? MLFeatureValue.FromDictionary(ByLabel<string>(classes, shares))
                : MLFeatureValue.FromDictionary(ByLabel<long>(classes, shares));
        return features;
    }

    private static Dictionary<TLabel, double> ByLabel<TLabel>(IReadOnlyList<object> classes, double[] shares)
        where TLabel : notnull
    {
        var byLabel = new Dictionary<TLabel, double>(classes.Count);
        for (int i = 0; i < classes.Count; i++)
            byLabel.Add((TLabel)classes[i], shares[i]);
        return byLabel;
    }
}
