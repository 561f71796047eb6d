using Attune.Update;

namespace Attune.Cli.Data;

/// <summary>Parts samples with their names in two.</summary>
internal static class SampleSplit
{
    /// <summary>Parts samples at random, at least one on each side; both keep their order and their names.</summary>
    /// <param name="samples">Two or more.</param>
    /// <param name="share">Of the second part, above 0 and below 1.</param>
    /// <param name="seed">Where the random numbers start.</param>
    public static (Samples Kept, Samples Taken) Split(Samples samples, double share, long seed)
    {
        int count = samples.Batch.Count;
        if (count < 2)
            throw new ToolException($"Holding out a share of the samples takes at least 2; there is {count}.");
        (BatchSubset kept, BatchSubset taken) = BatchSubset.Split(samples.Batch, share, seed);
        return (Part(samples, kept), Part(samples, taken));
    }

    private static Samples Part(Samples samples, BatchSubset part) =>
        new([.. part.Indices.Select(i => samples.Names[i])], part);
}
