namespace Attune.Cli;

/// <summary>How wide the columns of a table are, where all of them together are wider than the screen.</summary>
internal static class ColumnWidths
{
    // Below that nothing can be read, and the screen has to show what it can.
    private const int Least = 4;

    /// <summary>Takes from the widest columns first: from those that wrap, as long as no part of a name is broken; if
    /// that is not enough, from all; and if that is not, wherever it breaks them.</summary>
    /// <param name="columns">The texts of each column.</param>
    /// <param name="wraps">The columns that are made narrower before the others.</param>
    /// <param name="available">What all columns have together.</param>
    public static int[] Fit(IReadOnlyList<string[]> columns, bool[] wraps, int available)
    {
        int[] widths =
            [.. columns.Select(cells => cells.SelectMany(cell => cell.Split('\n')).Max(line => line.Length))];
        int[] parts = [.. columns.Select(cells => cells.Max(LongText.LeastWidth))];
        Shrink(widths, available, [.. parts.Select((part, i) => wraps[i] ? part : int.MaxValue)]);
        Shrink(widths, available, parts);
        Shrink(widths, available, [.. parts.Select(_ => Least)]);
        return widths;
    }

    private static void Shrink(int[] widths, int available, int[] least)
    {
        while (widths.Sum() > available)
        {
            int widest = Enumerable.Range(0, widths.Length).MaxBy(i => widths[i] > least[i] ? widths[i] : 0);
            if (widths[widest] <= least[widest])
                return;
            widths[widest]--;
        }
    }
}
