using System.CommandLine;
using Attune.Cli.Inspection;

namespace Attune.Cli.Verbs;

/// <summary><c>attune inspect</c>: what a model takes, gives, and is made of.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly Argument<string> model = ModelArgument();

    private readonly Option<string?> html = new("--html")
    {
        Description = "Also write a page that needs nothing else, with the graph drawn.",
        HelpName = "FILE",
    };

    public InspectVerb(Screen screen)
        : base(
            "inspect",
            "Shows what a model takes and gives, and its layers with shapes, parameters and costs.",
            screen,
            "attune inspect Digits.mlmodel",
            "attune inspect Digits.mlmodel --html digits.html")
    {
        Arguments.Add(model);
        Options.Add(html);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new InspectOptions { Model = parsed.GetValue(model)!, Html = parsed.GetValue(html) };
        ModelReport report = Inspector.Inspect(options.Model);
        if (options.Html is { } file)
            OutputFile.Write(file, ModelPage.Of(report));
        Show(parsed, report, new ModelTables(Screen).Show);
        ShowWritten(parsed, options.Html);
        return Task.FromResult(Tool.Done);
    }
}
