using Spectre.Console;
using Spectre.Console.Rendering;

namespace Attune.Cli;

/// <summary>How results look on a console: headings, lines of names and values, tables.</summary>
internal static class Tables
{
    // Of the table's border: two blanks and a line between columns, and what is left of the first.
    private const int PerColumn = 3, PerTable = 1;

    /// <summary>A heading with a line of space before it.</summary>
    public static void Heading(this Screen screen, string text)
    {
        screen.Console.WriteLine();
        screen.Console.Write(new Text(Plain.Text(text), screen.Strong));
        screen.Console.WriteLine();
    }

    /// <summary>Names and what they are, below each other.</summary>
    public static void Pairs(this Screen screen, IEnumerable<(string Name, string Value)> pairs)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn());
        foreach ((string name, string value) in pairs)
            grid.AddRow(Cell(name), Cell(value));
        screen.Console.Write(grid);
    }

    /// <summary>A table; columns whose heading begins with <c>&gt;</c> are aligned to the right. Where all columns
    /// together are too wide, these and those with <c>!</c> are the last to be broken. Of very long texts the middle is
    /// left out.</summary>
    /// <param name="screen">Where it is shown.</param>
    /// <param name="headings">One for each column.</param>
    /// <param name="rows">As many cells each.</param>
    /// <param name="isFirst">Whether nothing stands before it, so that it needs no empty line there.</param>
    public static void Table(
        this Screen screen, string[] headings, IEnumerable<string[]> rows, bool isFirst = false)
    {
        string[][] cells = [.. rows.Select(row => (string[])[.. row.Select(Short)])];
        string[] names = [.. headings.Select(heading => Short(heading.TrimStart('>', '!')))];
        bool[] wraps = [.. headings.Select(heading => !heading.StartsWith('>') && !heading.StartsWith('!'))];
        int[] widths = ColumnWidths.Fit(
            [.. names.Select((name, i) => (string[])[name, .. cells.Select(row => row[i])])],
            wraps, screen.Width - PerTable - PerColumn * names.Length);

        Table table = new Table().Border(TableBorder.Simple);
        for (int i = 0; i < names.Length; i++)
        {
            var column = new TableColumn(new Text(LongText.Wrap(names[i], widths[i]), screen.Strong));
            table.AddColumn(headings[i].StartsWith('>') ? column.RightAligned() : column);
        }
        foreach (string[] row in cells)
            table.AddRow(row.Select((cell, i) => new Text(LongText.Wrap(cell, widths[i]))));
        screen.Console.Write(isFirst ? new WithoutTop(table) : table);
    }

    /// <param name="screen">Where it is shown.</param>
    /// <param name="text">What is said.</param>
    /// <param name="indent">Columns that all its lines begin with.</param>
    public static void Warning(this Screen screen, string text, int indent = 0)
    {
        var shown = new Text(Plain.Text(text), new Style(Color.Yellow));
        screen.Console.Write(new Padder(shown, new Padding(indent, 0, 0, 0)));
    }

    private static string Short(string cell) => LongText.Shorten(Plain.Text(cell));

    // Never markup: names come from files, and brackets in them mean nothing.
    private static Text Cell(string text) => new(Plain.Text(text));

    /// <summary>A table without the empty line that its border begins with.</summary>
    private sealed class WithoutTop(IRenderable table) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => table.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            table.Render(options, maxWidth).SkipWhile(segment => !segment.IsLineBreak).Skip(1);
    }
}
