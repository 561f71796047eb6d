namespace Attune.Runtime;

/// <summary>What bounds plans, caches and pools, each of which takes a share.</summary>
internal static class AvailableMemory
{
    /// <summary>The memory that the process may use: of the machine, or of the container around it.</summary>
    public static long Bytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
