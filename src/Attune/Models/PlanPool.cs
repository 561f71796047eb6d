using Attune.Arrays;
using Attune.Graph;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>
/// Plans that wait for the next prediction, so that each thread that predicts at the same time has one of its own.
/// Plans for the shapes that were used last are kept; a model whose inputs change their size all the time does not pile
/// them up.
/// </summary>
internal sealed class PlanPool(Network network, ParameterSet<float> parameters, Workers workers)
{
    private const int MostIdle = 8;

    private readonly LinkedList<Plan<float>> idle = new();
    private readonly Lock gate = new();

    /// <summary>
    /// A plan for these shapes and at least <paramref name="batch"/> samples; give it back with <see cref="Return"/>.
    /// </summary>
    public Plan<float> Rent(ReadOnlySpan<Shape> shapes, int batch)
    {
        lock (gate)
        {
            for (LinkedListNode<Plan<float>>? node = idle.First; node is not null; node = node.Next)
            {
                if (node.Value.Capacity < batch || !shapes.SequenceEqual(node.Value.InputShapes.ToArray()))
                    continue;
                idle.Remove(node);
                return node.Value;
            }
        }
        return new Plan<float>(network, parameters, shapes.ToArray(), batch, workers);
    }

    public void Return(Plan<float> plan)
    {
        lock (gate)
        {
            idle.AddFirst(plan);
            if (idle.Count > MostIdle)
                idle.RemoveLast();
        }
    }
}
