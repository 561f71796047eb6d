using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>Long arrays of independent elements, cut into pieces of one size for the workers.</summary>
internal static class Chunks
{
    /// <summary>Elements per piece: a few microseconds of work, a few pages of memory.</summary>
    public const int Size = 1 << 14;

    public static void Run<TJob>(Workers workers, ref TJob job, int count) where TJob : struct, IJob =>
        (count > 2 * Size ? workers : Workers.Single).Run(ref job, (int)(((long)count + Size - 1) / Size));

    public static (int First, int End) Range(int chunk, int count) =>
        (chunk * Size, Math.Min(count - chunk * Size, Size) + chunk * Size);
}
