using System.CommandLine;
using Attune.Cli.Comparison;

namespace Attune.Cli.Verbs;

/// <summary><c>attune diff</c>: where two models differ.</summary>
internal sealed class DiffVerb : Verb
{
    private readonly Argument<string> first = new("A") { Description = "A model." };
    private readonly Argument<string> second = new("B") { Description = "Another model." };

    public DiffVerb(Screen screen)
        : base(
            "diff",
            "Shows which weights and settings of two models differ, by layer.",
            screen,
            "attune diff Digits.mlmodel Updated.mlmodel")
    {
        Arguments.Add(first);
        Arguments.Add(second);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        Task.FromResult(Show(parsed, Comparer.Compare(parsed.GetValue(first)!, parsed.GetValue(second)!), ShowAll));

    private void ShowAll(ComparisonReport report)
    {
        if (report.AreEqual)
        {
            Screen.Line("The models are equal.");
            return;
        }
        Screen.Table(
            ["where", "what", "A", "B"],
            report.Differences.Select(found => new[] { found.Where, found.What, Dash(found.A), Dash(found.B) }),
            isFirst: true);
        Screen.Line(Plain.Of(report.Differences.Count, "difference.", "differences."));
    }

    private static string Dash(string text) => text.Length == 0 ? "–" : text;
}
