using Attune.Arrays;
using Attune.Graph;
using Attune.Lowering;
using Attune.Models;
using Attune.Runtime;

namespace Attune.Update;

/// <summary>
/// The samples as the trainable part of a network sees them: the outputs of its frozen part, and the targets. Frozen
/// features of stable data are computed once and kept as far as the budget goes; all others are computed for each
/// mini-batch. The bits are the same either way, because no kernel's result for one sample depends on the samples
/// beside it.
/// </summary>
internal sealed class TrainingFeatures
{
    // Enough for kernels to be at their best; more only takes memory.
    private const int FillBatch = 32;

    private readonly IMLBatchProvider data;
    private readonly IReadOnlyList<NetworkInput> inputs;
    private readonly TrainingTarget target;
    private readonly Shape[] shapes;
    private readonly Plan<float> prefix;
    private readonly int[] sizes;
    private readonly int targetSize;
    private readonly Memory<float>[] cachedFeatures;
    private readonly Memory<float> cachedTargets;
    private readonly Memory<float> freshTargets;
    private readonly int[] fresh;
    private readonly int[] upcoming;

    /// <param name="data">The samples.</param>
    /// <param name="count">How many of them; at least one.</param>
    /// <param name="inputs">How features enter the frozen part.</param>
    /// <param name="shapes">The shapes of its inputs, the same for all samples.</param>
    /// <param name="target">Where targets come from.</param>
    /// <param name="targetSize">Numbers per target.</param>
    /// <param name="frozen">The frozen part and its numbers.</param>
    /// <param name="miniBatch">The most samples that are asked for at once.</param>
    /// <param name="budget">The most bytes to keep.</param>
    public TrainingFeatures(
        IMLBatchProvider data,
        int count,
        IReadOnlyList<NetworkInput> inputs,
        Shape[] shapes,
        TrainingTarget target,
        int targetSize,
        (Network Network, ParameterSet<float> Parameters, Workers Workers) frozen,
        int miniBatch,
        long budget)
    {
        this.data = data;
        this.inputs = inputs;
        this.shapes = shapes;
        this.target = target;
        this.targetSize = targetSize;
        Count = count;
        prefix = PlanPool.MakeLargest(
            frozen.Network,
            frozen.Parameters,
            shapes,
            batch: Math.Max(miniBatch, Math.Min(FillBatch, count)),
            least: miniBatch,
            frozen.Workers);
        sizes = [.. frozen.Network.Outputs.Select((_, i) => prefix.OutputShape(i).Count)];

        CachedCount = data.IsStable ? HowManyFit(budget) : 0;
        cachedFeatures = [.. sizes.Select(size => PlanMemory.Allocate<float>((long)CachedCount * size))];
        cachedTargets = PlanMemory.Allocate<float>((long)CachedCount * targetSize);
        freshTargets = PlanMemory.Allocate<float>((long)prefix.Capacity * targetSize);
        fresh = new int[prefix.Capacity];
        upcoming = new int[prefix.Capacity];
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>How many of them, from the first on, are kept.</summary>
    public int CachedCount { get; }

    /// <summary>The memory that what is kept takes.</summary>
    public long CachedBytes => (cachedTargets.Length + cachedFeatures.Sum(kept => (long)kept.Length)) * sizeof(float);

    /// <summary>The shapes that the trainable part takes, of one sample.</summary>
    public Shape[] Shapes => [.. sizes.Select((_, i) => prefix.OutputShape(i))];

    /// <summary>Computes all that is kept.</summary>
    public void Fill(IUpdateSession session)
    {
        int batch = Math.Min(FillBatch, prefix.Capacity);
        for (int start = 0; start < CachedCount; start += batch)
        {
            session.ThrowIfCancelled();
            int count = Math.Min(batch, CachedCount - start);
            int following = Math.Min(batch, CachedCount - start - count);
            Compute(Sequence(fresh, start, count), Sequence(upcoming, start + count, following));
            for (int output = 0; output < sizes.Length; output++)
                prefix.Output(output, count).CopyTo(cachedFeatures[output].Span[(start * sizes[output])..]);
            freshTargets.Span[..(count * targetSize)].CopyTo(cachedTargets.Span[(start * targetSize)..]);
        }
    }

    /// <summary>Tells the data which epoch comes.</summary>
    public void BeginEpoch(int epoch) => data.BeginEpoch(epoch);

    /// <summary>
    /// Writes the features of some samples into the inputs of <paramref name="suffix"/>, and their targets. The data
    /// hears which samples come next, to make them ready while these are computed with.
    /// </summary>
    public void Gather(
        ReadOnlySpan<int> samples, ReadOnlySpan<int> next, Plan<float> suffix, Span<float> targets)
    {
        if (CachedCount < Count)
            GatherFresh(samples, next, suffix, targets);
        for (int i = 0; i < samples.Length; i++)
        {
            int sample = samples[i];
            if (sample >= CachedCount)
                continue;
            for (int output = 0; output < sizes.Length; output++)
                Slot(cachedFeatures[output].Span, sample, sizes[output])
                    .CopyTo(Place(suffix.Input(output, samples.Length), i, sizes[output]));
            Slot(cachedTargets.Span, sample, targetSize).CopyTo(Place(targets, i, targetSize));
        }
    }

    private void GatherFresh(
        ReadOnlySpan<int> samples, ReadOnlySpan<int> next, Plan<float> suffix, Span<float> targets)
    {
        ReadOnlySpan<int> computed = Uncached(samples, fresh);
        int count = computed.Length;
        if (count == 0)
            return;

        Compute(computed, Uncached(next, upcoming));
        for (int i = 0, slot = 0; i < samples.Length; i++)
        {
            if (samples[i] < CachedCount)
                continue;
            for (int output = 0; output < sizes.Length; output++)
                Slot(prefix.Output(output, count), slot, sizes[output])
                    .CopyTo(Place(suffix.Input(output, samples.Length), i, sizes[output]));
            Slot(freshTargets.Span, slot, targetSize).CopyTo(Place(targets, i, targetSize));
            slot++;
        }
    }

    /// <summary>Those that are not kept.</summary>
    private ReadOnlySpan<int> Uncached(ReadOnlySpan<int> samples, int[] buffer)
    {
        int count = 0;
        foreach (int sample in samples)
            if (sample >= CachedCount)
                buffer[count++] = sample;
        return buffer.AsSpan(0, count);
    }

    private static ReadOnlySpan<int> Sequence(int[] buffer, int first, int count)
    {
        for (int i = 0; i < count; i++)
            buffer[i] = first + i;
        return buffer.AsSpan(0, count);
    }

    /// <summary>Reads samples, checks them, and runs the frozen part over them.</summary>
    private void Compute(ReadOnlySpan<int> samples, ReadOnlySpan<int> next)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            IMLFeatureProvider sample = data.GetFeatures(samples[i]);
            for (int input = 0; input < inputs.Count; input++)
            {
                MLFeatureValue? value = inputs[input].Get(sample, samples[i]);
                RequireShape(input, value, samples[i]);
                inputs[input].Write(value, Place(prefix.Input(input, samples.Length), i, shapes[input].Count));
            }
            target.Write(sample, samples[i], Place(freshTargets.Span, i, targetSize));
        }
        data.Prepare(next);
        prefix.Run(samples.Length);
    }

    private void RequireShape(int input, MLFeatureValue? value, int sample)
    {
        Shape shape = inputs[input].ShapeOf(value);
        if (!shape.Equals(shapes[input]))
            throw new MLFeatureException(
                $"Sample {sample}: feature '{inputs[input].Name}' has the shape {shape} in the network; " +
                $"the first sample's is {shapes[input]}. Give all samples of an update one shape.")
            {
                SampleIndex = sample,
                FeatureName = inputs[input].Name,
                Expected = shapes[input].ToString(),
                Got = shape.ToString(),
            };
    }

    private int HowManyFit(long budget)
    {
        long numbers = targetSize;
        int largest = targetSize;
        foreach (int size in sizes)
        {
            numbers += size;
            largest = Math.Max(largest, size);
        }
        long fit = budget / Math.Max(1, numbers * sizeof(float));
        long addressable = Array.MaxLength / Math.Max(1, largest);
        return (int)Math.Min(Count, Math.Min(fit, addressable));
    }

    private static Span<float> Place(Span<float> all, int index, int size) => all.Slice(index * size, size);

    private static ReadOnlySpan<float> Slot(ReadOnlySpan<float> all, int index, int size) =>
        all.Slice(index * size, size);
}
