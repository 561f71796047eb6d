using System.CommandLine;
using Attune.Cli.Conversion;
using Attune.Lowering;

namespace Attune.Cli.Verbs;

/// <summary><c>attune convert</c>: another form of the file, or of the numbers in it.</summary>
internal sealed class ConvertVerb : Verb
{
    private readonly Argument<string> model = ModelArgument();

    private readonly Argument<string> output = new("OUT")
    {
        Description = "Where to; .mlmodel, .mlpackage or .mlmodelc says in which form.",
    };

    private readonly Option<WeightEncoding?> weights = new("--weights")
    {
        Description = "How to hold the numbers: float32, float16, or linear, a few bits with a scale for each channel.",
    };

    private readonly Option<int> bits = new("--bits")
    {
        Description = "Bits of each weight that --weights linear makes, 1 to 8.",
        HelpName = "N",
        DefaultValueFactory = _ => 8,
    };

    public ConvertVerb(Screen screen)
        : base(
            "convert",
            "Writes a model in another form, or with smaller numbers.",
            screen,
            "attune convert Digits.mlmodel Digits.mlpackage",
            "attune convert Digits.mlmodel Small.mlmodel --weights float16",
            "attune convert Digits.mlmodel Tiny.mlmodel --weights linear --bits 4")
    {
        Arguments.Add(model);
        Arguments.Add(output);
        Options.Add(weights);
        Options.Add(bits);
        bits.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number)
                && number is < 1 or > 8)
                result.AddError($"--bits takes a number from 1 to 8; got {number}.");
        });
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new ConvertOptions
        {
            Model = parsed.GetValue(model)!,
            Out = OutputFile.RequireModel(parsed.GetValue(output)!),
            Weights = parsed.GetValue(weights),
            Bits = parsed.GetValue(bits),
        };
        return Task.FromResult(Show(parsed, Converter.Convert(options), new ConversionTables(Screen).Show));
    }
}
