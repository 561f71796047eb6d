using Attune.Arrays;
using Attune.Graph;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>
/// Plans that wait for the next prediction, so that each thread that predicts at the same time has one of its own.
/// Plans for the shapes that were used last are kept, as far as they are few and small: a model whose inputs change
/// their size all the time does not pile them up.
/// </summary>
internal sealed class PlanPool(Network network, ParameterSet<float> parameters, Workers workers)
{
    private const int MostIdle = 8;
    private static readonly long MostIdleBytes = AvailableMemory.Bytes / 8;

    private readonly LinkedList<Plan<float>> idle = new();
    private readonly Lock gate = new();
    private long idleBytes;

    /// <summary>
    /// A plan for these shapes; give it back with <see cref="Return"/>. It takes <paramref name="batch"/> samples or,
    /// where memory is short, fewer: see <see cref="Plan{T}.Capacity"/>.
    /// </summary>
    public Plan<float> Rent(ReadOnlySpan<Shape> shapes, int batch)
    {
        lock (gate)
        {
            for (LinkedListNode<Plan<float>>? node = idle.First; node is not null; node = node.Next)
            {
                if (node.Value.Capacity < batch || !shapes.SequenceEqual(node.Value.InputShapes))
                    continue;
                idle.Remove(node);
                idleBytes -= node.Value.Bytes;
                return node.Value;
            }
        }
        return MakeLargest(network, parameters, shapes.ToArray(), batch, least: 1, workers);
    }

    public void Return(Plan<float> plan)
    {
        lock (gate)
        {
            idle.AddFirst(plan);
            idleBytes += plan.Bytes;
            while (idle.Count > MostIdle || idleBytes > MostIdleBytes)
            {
                idleBytes -= idle.Last!.Value.Bytes;
                idle.RemoveLast();
            }
        }
    }

    /// <summary>A plan for as many samples as memory allows, halving from <paramref name="batch"/> to no fewer than
    /// <paramref name="least"/>.</summary>
    /// <exception cref="MLModelNotSupportedException">Memory does not allow the least.</exception>
    public static Plan<float> MakeLargest(
        Network network, ParameterSet<float> parameters, Shape[] shapes, int batch, int least, Workers workers)
    {
        while (true)
        {
            try
            {
                return new Plan<float>(network, parameters, shapes, batch, workers);
            }
            catch (MLModelNotSupportedException) when (batch > least)
            {
                batch = Math.Max(least, batch / 2);
            }
        }
    }
}
