using Attune.Lowering;
using Attune.Models;

namespace Attune.Update;

/// <summary>
/// Teaches a nearest-neighbours classifier: the samples are put behind those that it has, with their labels, of which
/// new ones become classes. There are no epochs and no losses.
/// </summary>
internal sealed class NeighborsUpdate : UpdateRoutine
{
    // As many are read together as feature extractors like best.
    private const int Block = 32;

    private readonly MLModel model;
    private readonly NearestNeighborsModel classifier;
    private readonly IMLBatchProvider data;
    private readonly MLUpdateOptions options;
    private readonly MLFeatureDescription label;

    /// <exception cref="MLModelFormatException">The training inputs have no label of the classifier's type.</exception>
    public NeighborsUpdate(
        MLModel model, NearestNeighborsModel classifier, IMLBatchProvider data, MLModelConfiguration configuration)
    {
        this.model = model;
        this.classifier = classifier;
        this.data = data;
        options = configuration.UpdateOptions;
        MLModelDescription description = model.ModelDescription;
        MLFeatureType type = classifier.Labels.AreStrings ? MLFeatureType.String : MLFeatureType.Int64;
        MLFeatureDescription? given = description.PredictedFeatureName is { } name
            ? description.TrainingInputDescriptionsByName.GetValueOrDefault(name)
            : null;
        label = given?.Type == type
            ? given
            : throw new MLModelFormatException(
                $"A nearest-neighbours classifier learns from its label '{description.PredictedFeatureName}', " +
                $"{type}; the model's training inputs are " +
                $"{string.Join(", ", description.TrainingInputDescriptionsByName.Keys)}.",
                description.PredictedFeatureName);
    }

    public override ParameterTable Parameters => model.ParameterTable;

    public override KeyValuePair<MLParameterKey, object> RequireChange(KeyValuePair<MLParameterKey, object> change) =>
        throw new ArgumentException(
            $"Parameter '{change.Key}' cannot change while a nearest-neighbours classifier learns; set it before.");

    public override UpdateResult Run(IUpdateSession session)
    {
        int count = data.Count;
        if (count <= 0)
            throw new ArgumentException("The update has no training data. Give it a batch of at least one sample.");
        if (session.Wants(MLUpdateProgressEvent.TrainingBegin))
            session.Report(MLUpdateProgressEvent.TrainingBegin, model, Metrics.None);

        NeighborSamples samples = classifier.Samples;
        NeighborSamples.RequireRoom(samples.Count + (long)count, samples.Dimensions);
        var values = new float[count * samples.Dimensions];
        var labels = new object[count];
        for (int first = 0; first < count; first += Block)
        {
            session.ThrowIfCancelled();
            int block = Math.Min(Block, count - first);
            Read(first, block, values, labels);
            session.Learned(block);
        }
        session.ThrowIfCancelled();
        NeighborSamples learnt = samples.With(values, labels);
        if (options.MaxSamplesPerClass is { } most)
            learnt = learnt.Newest(most);
        return new UpdateResult(model.With(classifier.With(learnt), model.ParameterTable), Metrics.None);
    }

    private void Read(int first, int count, float[] values, object[] labels)
    {
        int[] block = [.. Enumerable.Range(first, count)];
        data.Prepare(block);
        foreach (int sample in block)
        {
            IMLFeatureProvider features = data.GetFeatures(sample);
            classifier.ReadPoint(features, sample).CopyTo(values, sample * classifier.Samples.Dimensions);
            MLFeatureValue? value = features.GetFeatureValue(label.Name);
            label.Require(value, sample);
            if (value is null or { IsUndefined: true })
                throw MLFeatureException.Of(label.Name, "takes a label in every sample", "nothing", sample);
            labels[sample] = value.Type == MLFeatureType.Int64 ? value.Int64Value : value.StringValue;
        }
    }
}
