using Attune.Arrays;
using Attune.Graph;
using Attune.Lowering;
using Attune.Runtime;

namespace Attune.Update;

/// <summary>What one run holds: plans, buffers, the optimizer's state and the numbers that change.</summary>
internal sealed class TrainingRun
{
    private readonly NetworkTraining training;
    private readonly NetworkCut cut;
    private readonly Shape[] shapes;
    private readonly TrainingTarget target;
    private readonly int targetSize;

    /// <param name="training">What is trained, and how.</param>
    /// <param name="data">The samples to learn from.</param>
    /// <param name="heldOut">Samples to measure; null for none.</param>
    public TrainingRun(NetworkTraining training, IMLBatchProvider data, IMLBatchProvider? heldOut)
    {
        this.training = training;
        LoweredNetwork lowered = training.Network.Network;
        cut = NetworkCut.At(lowered.Network, training.Judged, training.Trainable);
        IMLFeatureProvider first = data.GetFeatures(0);
        shapes = [.. lowered.Inputs.Select(input => input.ShapeOf(input.Get(first, 0)))];
        Shape output = lowered.Network.InferShapes(shapes)[training.Judged];
        target = TrainingTarget.Of(training.Definition, training.Description, lowered.Classifier, output);
        targetSize = training.Definition.Loss == LossKind.CategoricalCrossEntropy ? 1 : output.Count;

        // Read once: a provider over a list that grows meanwhile trains on what was there.
        int count = data.Count;
        MiniBatchSize = (int)Math.Min((long)training.Parameters.ValueOf(MLParameterKey.MiniBatchSize)!, count);
        Current = training.Network.Parameters.Own(training.Trainable);
        long budget = training.Options.CacheBudget ?? AvailableMemory.Bytes / 4;
        Features = MakeFeatures(data, count, budget);
        HoldOut = heldOut is null
            ? null
            : new HoldOut(MakeFeatures(heldOut, heldOut.Count, budget - Features.CachedBytes), training.Options);
        Order = new SampleOrder(
            count,
            (bool)training.Parameters.ValueOf(MLParameterKey.Shuffle)!,
            training.Options.ShuffleFirstEpoch,
            (long)training.Parameters.ValueOf(MLParameterKey.Seed)!);
        Step = new TrainingStep(
            cut.Suffix,
            Current,
            training.Trainable,
            Features,
            MiniBatchSize,
            training.Workers,
            training.Definition.Loss,
            targetSize,
            OptimizerChoice.Make(training.Definition, training.Parameters, training.Options));
    }

    public int MiniBatchSize { get; }

    public ParameterSet<float> Current { get; }

    public TrainingFeatures Features { get; }

    public HoldOut? HoldOut { get; }

    public SampleOrder Order { get; }

    public TrainingStep Step { get; }

    /// <summary>The epoch that is learned, or is next.</summary>
    public int Epoch { get; private set; }

    /// <summary>How many of its samples are learned.</summary>
    public int Learned => Measured.Count;

    /// <summary>What was measured of these.</summary>
    public BatchLoss Measured { get; private set; }

    /// <summary>What was measured of the epoch before.</summary>
    public BatchLoss LastEpoch { get; private set; }

    /// <summary>Some samples more are learned.</summary>
    public void Advance(BatchLoss measured) => Measured += measured;

    public void BeginNextEpoch()
    {
        Epoch++;
        (LastEpoch, Measured) = (Measured, default);
        Order.End();
    }

    /// <summary>Goes to a place where another run has been.</summary>
    /// <exception cref="InvalidDataException">No run can have been there.</exception>
    public void GoTo(int epoch, BatchLoss measured, BatchLoss lastEpoch)
    {
        bool isBetweenMiniBatches = measured.Count == 0
            || (measured.Count > 0 && measured.Count < Features.Count && measured.Count % MiniBatchSize == 0);
        if (epoch < 0 || !isBetweenMiniBatches)
            throw new InvalidDataException();
        (Epoch, Measured, LastEpoch) = (epoch, measured, lastEpoch);
    }

    /// <summary>The held-out samples by the numbers that training has come to.</summary>
    public BatchLoss MeasureHeldOut() => HoldOut!.Measure(Step, MiniBatchSize);

    /// <summary>The numbers that are the result if no other epoch comes, and the epoch that they are of; -1 for those
    /// that training began with.</summary>
    public (int Epoch, ParameterSet<float> Numbers) Choose() => HoldOut?.Choose() is var (epoch, numbers)
        ? (epoch, numbers ?? training.Network.Parameters)
        : (Epoch - 1, Current);

    /// <summary>The first of some samples, as many as are learned at once.</summary>
    public ReadOnlySpan<int> MiniBatch(ReadOnlySpan<int> samples) => samples[..Math.Min(MiniBatchSize, samples.Length)];

    private TrainingFeatures MakeFeatures(IMLBatchProvider data, int count, long budget) => new(
        data,
        count,
        training.Network.Network.Inputs,
        shapes,
        target,
        targetSize,
        (cut.Prefix, training.Network.Parameters, training.Workers),
        MiniBatchSize,
        budget);
}
