using System.Collections.Immutable;

namespace Attune;

/// <summary>
/// A file that an update of a network keeps of how far it has come, so that it can go on after the process has ended at
/// any moment. Part of <see cref="MLUpdateOptions"/>.
/// </summary>
/// <remarks>
/// <para>A task that starts with the file there goes on from it, and ends with the same bits as one that was never
/// interrupted, provided that the samples are the same. Images that a folder varies are
/// (<see cref="IMLBatchProvider.BeginEpoch"/>); other data that is new on every reading is read anew. A task that has
/// completed deletes the file; one that was cancelled or has failed leaves it.</para>
/// <para>The file belongs to one update: the same model, number of samples, parameters and options, but for the number
/// of epochs, which may be larger, or less as long as the file has not come further. A task that starts with the file
/// of another update fails with an <see cref="ArgumentException"/> that tells what differs. The file is whole at any
/// moment. Its form may change between versions of the library.</para>
/// </remarks>
public sealed record MLCheckpointOptions
{
    /// <summary>A checkpoint in a file, written at the end of each epoch unless said otherwise: after the handlers have
    /// returned.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    public MLCheckpointOptions(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What else the update goes by that the task cannot see, as names and values to be read by people: where
    /// the samples come from, how they vary. A file that was kept with others is refused.</summary>
    /// <value>Names that the update has not itself, as its parameters. Default: none.</value>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>After how many mini-batches of an epoch it is written, besides the end of each epoch; null: only then.
    /// </summary>
    /// <value>1 or more. Default: null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MiniBatches
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{nameof(MiniBatches)} takes a number of mini-batches, 1 or more; got {value}.");
    }
}
