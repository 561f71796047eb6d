using System.Globalization;
using System.Text;

namespace Attune.Cli.Data;

/// <summary>
/// A table of texts, separated by commas; quotes hold commas, line ends and doubled quotes. Source: RFC 4180.
/// </summary>
/// <param name="Header">The names of the columns; null if the first row is one of numbers.</param>
/// <param name="Rows">The others; all have as many cells as the first.</param>
internal sealed record CsvFile(IReadOnlyList<string>? Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Reads a file; the first row names the columns unless all of it are numbers.</summary>
    /// <exception cref="ToolException">It holds no rows but that one, or rows are of different lengths.</exception>
    public static CsvFile Read(string path)
    {
        List<List<string>> rows = Split(File.ReadAllText(path));
        if (rows.Count == 0)
            throw new ToolException($"'{path}' is empty; a table takes a row for each sample.");
        int columns = rows[0].Count;
        for (int row = 0; row < rows.Count; row++)
            if (rows[row].Count != columns)
                throw new ToolException(
                    $"Row {row + 1} of '{path}' has {rows[row].Count} cells; the first has {columns}.");
        bool hasHeader = !rows[0].All(IsNumber);
        if (hasHeader && rows.Count == 1)
            throw new ToolException(
                $"'{path}' holds no samples: its only row names columns. A table takes a row for each sample below.");
        return new CsvFile(hasHeader ? rows[0] : null, hasHeader ? rows[1..] : rows);
    }

    /// <summary>A cell as it is written.</summary>
    public static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool IsNumber(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static List<List<string>> Split(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (quoted || c is not (',' or '\n' or '\r'))
                cell.Append(c);
            else if (c != '\r')
            {
                row.Add(cell.ToString().Trim());
                cell.Clear();
                if (c == '\n')
                    EndRow(rows, ref row);
            }
        }
        row.Add(cell.ToString().Trim());
        EndRow(rows, ref row);
        return rows;
    }

    // Empty lines are no rows.
    private static void EndRow(List<List<string>> rows, ref List<string> row)
    {
        if (row.Count > 1 || row[0].Length > 0)
            rows.Add(row);
        row = [];
    }
}
