namespace Attune.Cli.Inspection;

/// <summary>
/// Where the boxes of a graph stand: each in the row after the last of those that it takes from, and below them as far
/// as its neighbours let it. A line that passes rows goes through a gap of its own there, not behind boxes.
/// </summary>
/// <param name="boxWidth">The width of a box.</param>
/// <param name="gap">The least space between two neighbours, and the width of a gap for a line.</param>
internal sealed class GraphLayout(int boxWidth, int gap)
{
    // Lines past many rows take a gap in each: this bounds what a network can ask for.
    private const int MostPlaces = 20_000;

    private readonly List<List<Place>> rows = [];
    private int count;

    /// <summary>The rows from top to bottom, each from left to right, boxes and gaps.</summary>
    public IReadOnlyList<IReadOnlyList<Place>> Rows => rows;

    /// <summary>Whether there is more than anybody could look at; it has no order then.</summary>
    public bool IsTooLarge => count > MostPlaces;

    /// <summary>The width of all, once they are arranged; their left end is at 0.</summary>
    public double Width { get; private set; }

    /// <summary>Puts a box below those that it takes from.</summary>
    public Place Add(IReadOnlyList<Place> from)
    {
        int row = from.Count == 0 ? 0 : from.Max(place => place.Row) + 1;
        return Add(row, boxWidth, isGap: false, [.. from.Select(place => Lead(place, row))]);
    }

    /// <summary>Gives every place its middle, once all are there.</summary>
    public void Arrange()
    {
        foreach (List<Place> row in rows)
            ArrangeRow(row);
        Place[] all = [.. rows.SelectMany(row => row)];
        if (all.Length == 0)
            return;
        double left = all.Min(place => place.X - place.Width / 2.0);
        foreach (Place place in all)
            place.X -= left;
        Width = all.Max(place => place.X + place.Width / 2.0);
    }

    // One value may be taken in many rows below: its line is led down once, and branches.
    private Place Lead(Place from, int row)
    {
        Place last = from;
        while (last.Row < row - 1 && !IsTooLarge)
            last = last.Next ??= Add(last.Row + 1, gap, isGap: true, [last]);
        return last;
    }

    private Place Add(int row, int width, bool isGap, IReadOnlyList<Place> from)
    {
        count++;
        while (rows.Count <= row)
            rows.Add([]);
        var place = new Place(row, width, isGap, from);
        rows[row].Add(place);
        return place;
    }

    private void ArrangeRow(List<Place> row)
    {
        foreach (Place place in row)
            place.X = place.From.Count > 0 ? place.From.Average(from => from.X) : 0;
        double wanted = row.Average(place => place.X);
        Place[] sorted = [.. row.OrderBy(place => place.X)];
        for (int i = 1; i < sorted.Length; i++)
            sorted[i].X = Math.Max(
                sorted[i].X, sorted[i - 1].X + (sorted[i - 1].Width + sorted[i].Width) / 2.0 + gap);
        // Whoever had to give way moved to the right: the row goes back by half.
        double moved = row.Average(place => place.X) - wanted;
        foreach (Place place in row)
            place.X -= moved;
    }
}

/// <summary>A box, or a gap that a line passes through.</summary>
internal sealed class Place(int row, int width, bool isGap, IReadOnlyList<Place> from)
{
    public int Row => row;

    public int Width => width;

    public bool IsGap => isGap;

    /// <summary>Where its lines come from, all in the row above.</summary>
    public IReadOnlyList<Place> From => from;

    /// <summary>The middle.</summary>
    public double X { get; set; }

    /// <summary>The gap below through which its value goes on.</summary>
    public Place? Next { get; set; }
}
