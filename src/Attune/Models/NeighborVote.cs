using System.Runtime.InteropServices;
using Attune.Lowering;

namespace Attune.Models;

/// <summary>
/// What the neighbours of a point make of it. Each has one vote, or, weighted, one over its distance; neighbours that
/// are no distance away outvote all others. Of labels with as many votes wins the one whose neighbours are nearer
/// altogether, and then the one whose neighbours contain the earliest sample.
/// </summary>
internal static class NeighborVote
{
    /// <summary>The place of the winner among the classes, and the share of the votes of each class.</summary>
    /// <param name="samples">Which class each neighbour is of.</param>
    /// <param name="neighbors">At least one, the nearest first.</param>
    /// <param name="isWeighted">Whether near ones count for more.</param>
    public static (int Winner, double[] Shares) Count(
        NeighborSamples samples, ReadOnlySpan<Neighbor> neighbors, bool isWeighted)
    {
        if (isWeighted && neighbors[0].Distance == 0)
        {
            int same = 1;
            while (same < neighbors.Length && neighbors[same].Distance == 0)
                same++;
            neighbors = neighbors[..same];
            isWeighted = false;
        }

        // Few classes have a neighbour, however many there are.
        var tallies = new Dictionary<int, Tally>();
        foreach (Neighbor neighbor in neighbors)
        {
            ref Tally tally = ref CollectionsMarshal.GetValueRefOrAddDefault(
                tallies, samples.ClassOf(neighbor.Sample), out bool exists);
            if (!exists)
                tally.First = neighbor.Sample;
            tally.First = Math.Min(tally.First, neighbor.Sample);
            tally.Votes += isWeighted ? 1 / neighbor.Distance : 1;
            tally.Distance += neighbor.Distance;
        }

        var shares = new double[samples.Classes.Count];
        int winner = -1;
        double all = 0;
        foreach ((int place, Tally tally) in tallies)
        {
            all += shares[place] = tally.Votes;
            if (winner < 0 || tally.Beats(tallies[winner]))
                winner = place;
        }
        foreach (int place in tallies.Keys)
            shares[place] /= all;
        return (winner, shares);
    }

    private struct Tally
    {
        public double Votes;
        public double Distance;
        public int First;

        public readonly bool Beats(Tally other)
        {
            if (Votes != other.Votes)
                return Votes > other.Votes;
            return Distance != other.Distance ? Distance < other.Distance : First < other.First;
        }
    }
}
