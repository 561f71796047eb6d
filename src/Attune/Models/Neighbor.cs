namespace Attune.Models;

/// <summary>A sample that lies near a point.</summary>
/// <param name="Sample">Its place among the samples.</param>
/// <param name="Distance">How far it is away.</param>
internal readonly record struct Neighbor(int Sample, double Distance) : IComparable<Neighbor>
{
    /// <summary>The nearer comes first; of two as near, the one that was learnt first.</summary>
    public int CompareTo(Neighbor other)
    {
        int order = Distance.CompareTo(other.Distance);
        return order != 0 ? order : Sample.CompareTo(other.Sample);
    }
}

/// <summary>The nearest of the neighbours that it was offered.</summary>
internal sealed class NearestSet(int most)
{
    private static readonly Comparer<Neighbor> FarthestFirst =
        Comparer<Neighbor>.Create(static (x, y) => y.CompareTo(x));

    private readonly PriorityQueue<Neighbor, Neighbor> queue = new(FarthestFirst);

    /// <summary>Nothing farther away than this is taken any more.</summary>
    public double Limit => queue.Count < most ? double.PositiveInfinity : queue.Peek().Distance;

    public void Offer(Neighbor neighbor)
    {
        if (queue.Count < most)
            queue.Enqueue(neighbor, neighbor);
        else
            _ = queue.EnqueueDequeue(neighbor, neighbor);
    }

    /// <summary>The nearest first. The set is empty afterwards.</summary>
    public Neighbor[] Take()
    {
        var sorted = new Neighbor[queue.Count];
        for (int i = sorted.Length - 1; i >= 0; i--)
            sorted[i] = queue.Dequeue();
        return sorted;
    }
}
