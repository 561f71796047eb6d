namespace Attune.Graph;

/// <summary>The memory of plans, bounded before it is asked for: shapes come from files and users.</summary>
internal static class PlanMemory
{
    /// <summary>A block for all buffers of a plan, zeroed, beginning at a cache line.</summary>
    /// <exception cref="MLModelNotSupportedException">It would take more than half of the memory that the process may
    /// use.</exception>
    public static Memory<T> Allocate<T>(long count) where T : unmanaged
    {
        long bytes = count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        long limit = Runtime.AvailableMemory.Bytes / 2;
        if (count > Array.MaxLength || bytes > limit)
            throw new MLModelNotSupportedException(
                $"Running the model takes {bytes / 1_000_000:N0} MB for the arrays between its layers; " +
                $"this process may use {limit / 1_000_000:N0} MB for them. Give it smaller inputs or fewer " +
                "samples at a time.");
        return Runtime.AlignedMemory.Allocate<T>((int)count);
    }
}
