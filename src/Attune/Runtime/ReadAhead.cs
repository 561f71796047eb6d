namespace Attune.Runtime;

/// <summary>
/// Values made before they are asked for, one after the other beside the caller's own work. A browser has no second
/// thread: there everything is made when it is asked for.
/// </summary>
/// <param name="make">Makes the value of an index; called by one thread at a time for values that are prepared, and by
/// the caller of <see cref="Take"/> for others.</param>
internal sealed class ReadAhead<T>(Func<int, T> make)
{
    private readonly Lock gate = new();
    private Dictionary<int, Task<T>> prepared = [];
    private Task last = Task.CompletedTask;

    /// <summary>Says which values come next. What was prepared for other indices and not taken is dropped.</summary>
    public void Prepare(ReadOnlySpan<int> indices)
    {
        if (OperatingSystem.IsBrowser())
            return;
        lock (gate)
        {
            var wanted = new Dictionary<int, Task<T>>(indices.Length);
            foreach (int index in indices)
                if (!wanted.ContainsKey(index))
                    wanted[index] = prepared.GetValueOrDefault(index) ?? Start(index);
            prepared = wanted;
        }
    }

    /// <summary>The value of an index, prepared or made now. What making it threw is thrown here.</summary>
    public T Take(int index)
    {
        Task<T>? value;
        lock (gate)
            prepared.Remove(index, out value);
        return value is null ? make(index) : value.GetAwaiter().GetResult();
    }

    private Task<T> Start(int index)
    {
        Task<T> next = last.ContinueWith(
            _ => make(index), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        last = next;
        return next;
    }
}
