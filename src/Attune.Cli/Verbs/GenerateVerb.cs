using System.CommandLine;
using System.Text.RegularExpressions;
using Attune.Cli.Generation;

namespace Attune.Cli.Verbs;

/// <summary><c>attune generate</c>: typed classes for a model.</summary>
internal sealed partial class GenerateVerb : Verb
{
    private readonly Argument<string> model = ModelArgument();

    private readonly Option<string> language = new("--language")
    {
        Description = "The language of the classes.",
        DefaultValueFactory = _ => "csharp",
    };

    private readonly Option<string?> inNamespace = new("--namespace")
    {
        Description = "The namespace of the classes. Default: none.",
        HelpName = "N",
    };

    private readonly Option<string?> className = new("--class")
    {
        Description = "The name of the model's class. Default: the file's.",
        HelpName = "NAME",
    };

    private readonly Option<bool> isInternal = new("--internal")
    {
        Description = "Make internal classes instead of public ones.",
    };

    private readonly Option<string?> output = new("--out")
    {
        Description = "The file to write. Default: the standard output.",
        HelpName = "FILE",
    };

    public GenerateVerb(Screen screen)
        : base(
            "generate",
            "Makes typed classes for a model's inputs, outputs and updates.",
            screen,
            "attune generate Digits.mlmodel --language csharp --namespace App --out Digits.cs")
    {
        Arguments.Add(model);
        language.AcceptOnlyFromAmong("csharp");
        foreach (Option option in (Option[])[language, inNamespace, className, isInternal, output])
            Options.Add(option);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        GeneratedReport report = Generator.Generate(new GenerateOptions
        {
            Model = parsed.GetValue(model)!,
            Namespace = RequireNames("--namespace", parsed.GetValue(inNamespace)),
            ClassName = RequireNames("--class", parsed.GetValue(className)),
            IsInternal = parsed.GetValue(isInternal),
        });
        foreach (string remark in report.Remarks)
            Screen.Remark(remark);
        if (parsed.GetValue(output) is { } file)
        {
            OutputFile.Write(file, report.Code);
            return Task.FromResult(Show(
                parsed, report, made => Screen.Line($"Wrote {file}: {string.Join(", ", made.Types)}.")));
        }
        return Task.FromResult(Show(parsed, report, made => Screen.Output.Write(made.Code)));
    }

    private static string RequireNames(string option, string? given)
    {
        foreach (string name in (given ?? "").Split('.'))
            if (given is not null && !Identifier().IsMatch(name))
                throw new UsageException(
                    $"{option} takes a name as C# has it, of letters, digits and _; got '{given}'.");
        return given ?? "";
    }

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{Nd}_]*$")]
    private static partial Regex Identifier();
}
