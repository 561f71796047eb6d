using System.Collections;
using Attune.Lowering;
using Attune.Models;

namespace Attune;

/// <summary>
/// The samples of a nearest-neighbours classifier: to look at, and to make models with others. Beyond Core ML, whose
/// classifiers can only be given more. Immutable: every change makes a new model and leaves the old one as it is, and
/// several changes are cheapest in one call.
/// </summary>
/// <remarks>Get it from <see cref="MLModel.NearestNeighbors"/>. In a pipeline, samples are what the classifier at its
/// end sees; give a pipeline new inputs by an <c>MLUpdateTask</c>.</remarks>
public sealed class MLNearestNeighbors
{
    private readonly MLModel model;
    private readonly NearestNeighborsModel classifier;
    private readonly Func<ModelImplementation, ModelImplementation> replace;

    private MLNearestNeighbors(
        MLModel model, NearestNeighborsModel classifier, Func<ModelImplementation, ModelImplementation> replace)
    {
        this.model = model;
        this.classifier = classifier;
        this.replace = replace;
        Samples = new SampleList(classifier.Samples);
    }

    /// <summary>Numbers per sample.</summary>
    public int Dimensions => classifier.Samples.Dimensions;

    /// <summary>The samples, those learnt first before the others.</summary>
    public IReadOnlyList<MLNeighborSample> Samples { get; }

    /// <summary>The model with more samples behind those that it has.</summary>
    /// <param name="samples">A label that is new becomes a class.</param>
    /// <exception cref="ArgumentException">A sample has another number of dimensions, numbers that are not finite, or a
    /// label of another type than the model's.</exception>
    /// <exception cref="MLModelNotSupportedException">The model is not updatable.</exception>
    public MLModel Add(params IEnumerable<MLNeighborSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        MLNeighborSample[] added = [.. samples];
        NeighborSamples.RequireRoom(classifier.Samples.Count + (long)added.Length, Dimensions);
        var values = new float[added.Length * Dimensions];
        for (int i = 0; i < added.Length; i++)
        {
            Require(added[i]);
            added[i].Values.Span.CopyTo(values.AsSpan(i * Dimensions));
        }
        return With(classifier.Samples.With(values, [.. added.Select(sample => sample.Label)]));
    }

    /// <summary>The model without some samples.</summary>
    /// <param name="indices">Their places among <see cref="Samples"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="MLModelNotSupportedException">The model is not updatable, or has no default label and would
    /// have no samples.</exception>
    public MLModel RemoveAt(params ReadOnlySpan<int> indices)
    {
        var removed = new HashSet<int>();
        foreach (int index in indices)
        {
            RequireIndex(index);
            removed.Add(index);
        }
        return With(classifier.Samples.Only(
            [.. Enumerable.Range(0, classifier.Samples.Count).Where(index => !removed.Contains(index))]));
    }

    /// <summary>The model without the samples for which a condition holds, such as all of one label.</summary>
    /// <exception cref="MLModelNotSupportedException">The model is not updatable, or has no default label and would
    /// have no samples.</exception>
    public MLModel RemoveAll(Func<MLNeighborSample, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return With(classifier.Samples.Only(
            [.. Enumerable.Range(0, classifier.Samples.Count).Where(index => !condition(Samples[index]))]));
    }

    /// <summary>The model with another sample, or label, in the place of one.</summary>
    /// <param name="index">Its place among <see cref="Samples"/>.</param>
    /// <param name="sample">What stands there then.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException">As for <see cref="Add"/>.</exception>
    /// <exception cref="MLModelNotSupportedException">The model is not updatable.</exception>
    public MLModel Replace(int index, MLNeighborSample sample)
    {
        RequireIndex(index);
        Require(sample);
        return With(classifier.Samples.Replacing(index, sample.Values.Span, sample.Label));
    }

    /// <summary>The model with the newest samples of each class, so many at most.</summary>
    /// <param name="perClass">1 or more. <see cref="MLUpdateOptions.MaxSamplesPerClass"/> does the same at every
    /// update.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    /// <exception cref="MLModelNotSupportedException">The model is not updatable.</exception>
    public MLModel KeepNewest(int perClass)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        return With(classifier.Samples.Newest(perClass));
    }

    /// <summary>The samples of a model; null if it has none to show.</summary>
    internal static MLNearestNeighbors? Of(MLModel model)
    {
        ModelImplementation implementation = model.Implementation;
        Func<ModelImplementation, ModelImplementation> replace = static last => last;
        while (implementation is PipelineModel pipeline)
        {
            Func<ModelImplementation, ModelImplementation> outer = replace;
            replace = last => outer(pipeline.WithLast(last));
            implementation = pipeline.Last.Implementation;
        }
        return implementation is NearestNeighborsModel classifier
            ? new MLNearestNeighbors(model, classifier, replace)
            : null;
    }

    private MLModel With(NeighborSamples samples)
    {
        if (!model.ModelDescription.IsUpdatable)
            throw new MLModelNotSupportedException(
                "The model's samples cannot be changed: it is not marked as updatable.");
        if (samples.Count == 0 && classifier.Labels.Default is null)
            throw new MLModelNotSupportedException(
                "The model's last sample cannot be removed: the model has no default label to predict then.");
        return model.With(replace(classifier.With(samples)), model.ParameterTable);
    }

    private void Require(MLNeighborSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (sample.Values.Length != Dimensions
            || sample.Values.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            throw new ArgumentException(
                $"The classifier takes samples of {Dimensions} finite numbers; got {sample.Values.Length} numbers.",
                nameof(sample));
        if (sample.Label is string != classifier.Labels.AreStrings)
            throw new ArgumentException(
                $"The classifier takes {(classifier.Labels.AreStrings ? "strings" : "integers")} as labels; " +
                $"got '{sample.Label}'.",
                nameof(sample));
    }

    private void RequireIndex(int index)
    {
        if ((uint)index >= (uint)classifier.Samples.Count)
            throw new ArgumentOutOfRangeException(
                nameof(index),
                $"The classifier has {classifier.Samples.Count} samples, counted from 0; got {index}.");
    }

    private sealed class SampleList(NeighborSamples samples) : IReadOnlyList<MLNeighborSample>
    {
        public int Count => samples.Count;

        public MLNeighborSample this[int index] => (uint)index < (uint)samples.Count
            ? new MLNeighborSample(samples.Labels[index], samples[index])
            : throw new ArgumentOutOfRangeException(
                nameof(index), $"The classifier has {samples.Count} samples, counted from 0; got {index}.");

        public IEnumerator<MLNeighborSample> GetEnumerator()
        {
            for (int i = 0; i < samples.Count; i++)
                yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
