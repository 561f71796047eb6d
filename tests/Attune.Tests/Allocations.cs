namespace Attune.Tests;

/// <summary>What a piece of work allocates on this thread once it is warm.</summary>
internal static class Allocations
{
    /// <summary>
    /// The fewest bytes of some tries. A collection between two of them may empty the pool of arrays that kernels
    /// borrow from, which is then filled once more; what the work itself allocates comes every time.
    /// </summary>
    /// <param name="work">What is measured.</param>
    /// <param name="warmUp">How often it runs before: enough for compiled code to settle.</param>
    public static long Of(Action work, int warmUp = 2)
    {
        for (int i = 0; i < warmUp; i++)
            work();
        long least = long.MaxValue;
        for (int i = 0; i < 5 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
