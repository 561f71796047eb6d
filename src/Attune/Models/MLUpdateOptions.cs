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
}
