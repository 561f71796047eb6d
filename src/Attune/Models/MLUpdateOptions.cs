namespace Attune;

/// <summary>What an update can do beyond Core ML's own API. Part of an <see cref="MLModelConfiguration"/>.</summary>
public sealed record MLUpdateOptions
{
    /// <summary>The seed that is used where neither the file nor the parameters give one.</summary>
    public const long StandardSeed = 1;

    /// <summary>The names of the layers that are trained, whatever the file marks: freezes or frees any.</summary>
    /// <value>Layers with weights. Default: null, the layers that the file marks as updatable.</value>
    public IReadOnlyCollection<string>? TrainableLayers { get; init; }

    /// <summary>Which networks are accepted.</summary>
    /// <value>Default: <see cref="MLUpdateProfile.Any"/>.</value>
    public MLUpdateProfile Profile { get; init; }

    /// <summary>Whether the first epoch is shuffled too; Core ML shuffles between epochs.</summary>
    /// <value>Default: false. Of no effect where the shuffle parameter is false.</value>
    public bool ShuffleFirstEpoch { get; init; }

    /// <summary>
    /// Whether Adam adds eps to the square root of the corrected second moment, as the textbook and PyTorch do, instead
    /// of the uncorrected one as Core ML does. At an eps of 1e-8 the difference is negligible.
    /// </summary>
    /// <value>Default: false.</value>
    public bool TextbookAdam { get; init; }

    /// <summary>
    /// The seed where neither the file nor the parameters give one; null takes a random one for each task.
    /// </summary>
    /// <value>Default: <see cref="StandardSeed"/>, so that runs repeat.</value>
    public long? DefaultSeed { get; init; } = StandardSeed;

    /// <summary>Samples that are not learned from, but measured at the end of each epoch:
    /// <see cref="MLMetricKey.HoldOutLossValue"/> and <see cref="MLMetricKey.HoldOutAccuracy"/>. They hold what those
    /// that are learned from do.</summary>
    /// <value>At least one sample. Default: null, none.</value>
    public IMLBatchProvider? HoldOut { get; init; }

    /// <summary>The share of the training data that is held out, in place of <see cref="HoldOut"/>: drawn at random by
    /// the seed, at least one sample and never all.</summary>
    /// <value>0 to 0.9. Default: 0, none.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of its range.</exception>
    public double HoldOutShare
    {
        get;
        init => field = value is >= 0 and <= 0.9
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{nameof(HoldOutShare)} takes a share of 0 to 0.9; got {value}.");
    }

    /// <summary>For how many epochs in a row the held-out loss may fail to fall below its least before training stops.
    /// </summary>
    /// <value>1 or more. Default: null, training runs all its epochs.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Patience
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{nameof(Patience)} takes a number of epochs, 1 or more; got {value}.");
    }

    /// <summary>Whether the result has the numbers of the epoch with the least held-out loss instead of the last one's.
    /// </summary>
    /// <value>Default: false.</value>
    public bool RestoresBest { get; init; }

    /// <summary>Whether the result is the model that the task began with if the held-out loss of what was learned is
    /// above that model's.</summary>
    /// <value>Default: false.</value>
    public bool KeepsOnlyBetter { get; init; }

    /// <summary>A file that an update of a network keeps so that it can go on after the process has ended.</summary>
    /// <value>Default: null, none.</value>
    public MLCheckpointOptions? Checkpoint { get; init; }

    /// <summary>
    /// The most samples that a nearest-neighbours classifier keeps of each class when it learns. Of more, the newest
    /// stay.
    /// </summary>
    /// <value>1 or more. Default: null, all of them.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxSamplesPerClass
    {
        get;
        init
        {
            if (value < 1)
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"{nameof(MaxSamplesPerClass)} takes 1 or more; got {value}.");
            field = value;
        }
    }

    /// <summary>
    /// The most bytes of frozen features, inputs and targets that a task keeps, so that later epochs need not compute
    /// them again. Samples that do not fit are computed anew for each epoch; the results are the same. Only data that
    /// says it is stable is kept (<see cref="IMLBatchProvider.IsStable"/>).
    /// </summary>
    /// <value>0 or more. Default: null, a quarter of the memory that the process may use.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long? CacheBudget
    {
        get;
        init
        {
            if (value < 0)
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"{nameof(CacheBudget)} takes a number of bytes, 0 or more; got {value}.");
            field = value;
        }
    }

    /// <exception cref="ArgumentException">What is asked for takes held-out samples and there are none, or they are
    /// given twice.</exception>
    internal void RequireHoldOut()
    {
        if (HoldOut is not null && HoldOutShare > 0)
            throw new ArgumentException(
                $"Held-out samples are given by {nameof(HoldOut)} or by {nameof(HoldOutShare)}; got both.");
        if (HoldOut is null && HoldOutShare == 0 && (Patience is not null || RestoresBest || KeepsOnlyBetter))
            throw new ArgumentException(
                $"{nameof(Patience)}, {nameof(RestoresBest)} and {nameof(KeepsOnlyBetter)} go by held-out samples; "
                + $"there are none. Set {nameof(HoldOut)} or {nameof(HoldOutShare)}.");
    }
}
