using System.Text.Json.Nodes;
using Attune.Benchmarks.Route;

namespace Attune.Benchmarks.Compare;

/// <summary>The numbers of all runs, row by row.</summary>
internal sealed class RatioTable
{
    private readonly List<Row> rows = [];
    private readonly Dictionary<string, List<double>> values = [];
    private readonly Dictionary<string, (string Ours, string Theirs)> details = [];
    private readonly SortedDictionary<string, SortedSet<string>> skipped = new(StringComparer.Ordinal);

    private double mostOthers;

    /// <param name="match">What was done.</param>
    /// <param name="ours">The lines that we printed.</param>
    /// <param name="theirs">The lines that the peer printed.</param>
    /// <param name="others">The share of the processors that other programs took meanwhile.</param>
    public void Add(Match match, IReadOnlyList<JsonNode> ours, IReadOnlyList<JsonNode> theirs, double others)
    {
        mostOthers = Math.Max(mostOthers, others);
        foreach (Row row in match.Rows)
        {
            if (values.TryAdd(row.Work, []))
                rows.Add(row);
            values[row.Work].Add(row.Value(ours, theirs));
            details[row.Work] = (Detail(row, ours), Detail(row, theirs));
        }
    }

    private static string Detail(Row row, IReadOnlyList<JsonNode> lines) =>
        row.Detail is { } tell && lines.Count > 0 ? tell(lines) : "";

    public void Skip(Match match, string reason)
    {
        foreach (Row row in match.Rows)
            (skipped.TryGetValue(reason, out SortedSet<string>? works) ? works : skipped[reason] = []).Add(row.Work);
    }

    /// <summary>The table in Markdown; the last two columns are of the last run.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine("| work | target | median | least to most | | ours, last run | theirs, last run |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (Row row in rows)
        {
            var spread = new Timings(values[row.Work]);
            string verdict = row.Target is { } target ? target.IsMet(spread.Median) ? "met" : "missed" : "";
            (string ours, string theirs) = details[row.Work];
            output.WriteLine(
                $"| {row.Work} | {row.Target} | {spread.Median:0.00}{row.Unit} " +
                $"| {spread.Best:0.00} to {spread.Quantile(1):0.00} | {verdict} | {ours} | {theirs} |");
        }
        output.WriteLine($"\nOther programs took at most {mostOthers:P0} of the processors during a run.");
        foreach ((string reason, SortedSet<string> works) in skipped)
            output.WriteLine($"\nLeft out, because {reason}: {string.Join("; ", works)}.");
    }
}
