using System.CommandLine;
using Attune.Cli.Conversion;

namespace Attune.Cli.Verbs;

/// <summary><c>attune compile</c>: Attune's own form, which loads fastest.</summary>
internal sealed class CompileVerb : Verb
{
    private readonly Argument<string> model = ModelArgument();

    private readonly Argument<string?> output = new("OUT")
    {
        Description = "The .mlmodelc folder, or a folder to put it in. Default: beside the model.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public CompileVerb(Screen screen)
        : base(
            "compile",
            "Makes a .mlmodelc folder, Attune's own form for fast loading. Apple's tools cannot open it.",
            screen,
            "attune compile Digits.mlmodel",
            "attune compile Digits.mlpackage build/")
    {
        Arguments.Add(model);
        Arguments.Add(output);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string source = parsed.GetValue(model)!;
        var options = new ConvertOptions { Model = source, Out = Place(source, parsed.GetValue(output)) };
        return Task.FromResult(Show(parsed, Converter.Convert(options), new ConversionTables(Screen).Show));
    }

    private static string Place(string model, string? output)
    {
        string name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(model)) + ".mlmodelc";
        if (output is null)
            return Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(model)) ?? "", name);
        if (Path.GetExtension(Path.TrimEndingDirectorySeparator(output)) == ".mlmodelc")
            return output;
        return Directory.Exists(output)
            ? Path.Combine(output, name)
            : throw new UsageException($"OUT takes a .mlmodelc folder, or a folder that exists; got '{output}'.");
    }
}
