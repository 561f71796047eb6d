using Spectre.Console;

namespace Attune.Cli;

/// <summary>How results look on a console: headings, lines of names and values, tables.</summary>
internal static class Tables
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    /// <summary>A heading with a line of space before it.</summary>
    public static void Heading(this Screen screen, string text)
    {
        screen.Console.WriteLine();
        screen.Console.Write(new Text(Plain.Text(text), Bold));
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

    /// <summary>A table; columns whose heading begins with <c>&gt;</c> are aligned to the right, cells of those with
    /// <c>!</c> stay on one line.</summary>
    public static void Table(this Screen screen, string[] headings, IEnumerable<string[]> rows)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in headings)
        {
            bool toRight = heading.StartsWith('>');
            var column = new TableColumn(new Text(heading.TrimStart('>', '!'), Bold));
            if (toRight)
                column.RightAligned();
            if (toRight || heading.StartsWith('!'))
                column.NoWrap();
            table.AddColumn(column);
        }
        foreach (string[] row in rows)
            table.AddRow(row.Select(Cell));
        screen.Console.Write(table);
    }

    public static void Warning(this Screen screen, string text)
    {
        screen.Console.Write(new Text(Plain.Text(text), new Style(Color.Yellow)));
        screen.Console.WriteLine();
    }

    // Never markup: names come from files, and brackets in them mean nothing.
    private static Text Cell(string text) => new(Plain.Text(text));
}
