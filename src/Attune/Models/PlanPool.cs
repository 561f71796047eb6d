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

    // The plan that was used last stands last. The list has its room from the start: giving back allocates nothing.
    private readonly List<Plan<float>> idle = new(MostIdle + 1);
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
            for (int i = idle.Count - 1; i >= 0; i--)
            {
                Plan<float> plan = idle[i];
                if (plan.Capacity < batch || !shapes.SequenceEqual(plan.InputShapes))
                    continue;
                idle.RemoveAt(i);
                idleBytes -= plan.Bytes;
                return plan;
            }
        }
        return MakeLargest(network, parameters, shapes.ToArray(), batch, least: 1, workers);
    }

    public void Return(Plan<float> plan)
    {
        lock (gate)
        {
            idle.Add(plan);
            idleBytes += plan.Bytes;
            while (idle.Count > MostIdle || idleBytes > MostIdleBytes)
            {
                idleBytes -= idle[0].Bytes;
                idle.RemoveAt(0);
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
