using Attune.Cli.Data;

namespace Attune.Cli.Training;

/// <summary>The options of the command line as the library takes them.</summary>
internal static class UpdateConfiguration
{
    /// <param name="options">What was asked for.</param>
    /// <param name="heldOut">The samples that are measured and not learned from; null for none.</param>
    /// <param name="dataHash">Tells all samples from others; of use for checkpoints only.</param>
    public static MLModelConfiguration Of(TrainOptions options, Samples? heldOut, string dataHash)
    {
        var configuration = new MLModelConfiguration
        {
            UpdateOptions = new MLUpdateOptions
            {
                TrainableLayers = options.Layers.Count > 0 ? options.Layers : null,
                HoldOut = heldOut?.Batch,
                Patience = options.Patience,
                RestoresBest = heldOut is not null,
                KeepsOnlyBetter = options.KeepsOnlyBetter,
                Checkpoint = options.Checkpoint is { } file ? Checkpoint(file, options, dataHash) : null,
            },
        };
        if (options.Epochs is { } count)
            configuration.Parameters[MLParameterKey.Epochs] = count;
        if (options.LearningRate is { } rate)
            configuration.Parameters[MLParameterKey.LearningRate] = rate;
        if (options.Batch is { } batch)
            configuration.Parameters[MLParameterKey.MiniBatchSize] = batch;
        if (options.Seed is { } seed)
            configuration.Parameters[MLParameterKey.Seed] = seed;
        return configuration;
    }

    // The task counts the samples; that they are the same ones, and vary alike, it is told.
    private static MLCheckpointOptions Checkpoint(string file, TrainOptions options, string dataHash) => new(file)
    {
        Settings = new Dictionary<string, string>
        {
            ["data"] = dataHash,
            ["augment"] = Augmentations.Text(options.Augmentation),
        },
    };
}
