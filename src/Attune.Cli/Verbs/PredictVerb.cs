using System.CommandLine;
using Attune.Cli.Prediction;

namespace Attune.Cli.Verbs;

/// <summary><c>attune predict</c>: what a model makes of images, tables, JSON and arrays.</summary>
internal sealed class PredictVerb : Verb
{
    private readonly Argument<string> model = ModelArgument();

    private readonly Argument<string[]> inputs = new("INPUT")
    {
        Description = "An image, .json, .csv or .npy file, or a folder of images; NAME=INPUT for each input of a model "
            + "that has several.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> output = new("--out")
    {
        Description = "Also write the outputs, as .json, .csv, .npy or .png.",
        HelpName = "FILE",
    };

    private readonly Option<int> top = new("--top")
    {
        Description = "How many labels a classifier shows.",
        HelpName = "K",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<Fit> fit = new("--fit")
    {
        Description = "How images of another size are brought to the model's: stretched, cut to the centre, or whole "
            + "with borders.",
    };

    private readonly Option<int?> threads = new("--threads")
    {
        Description = "The most threads to use.",
        HelpName = "N",
    };

    public PredictVerb(Screen screen)
        : base(
            "predict",
            "Runs a model on images, tables, JSON or arrays, and shows what it makes of them.",
            screen,
            "attune predict Digits.mlmodel seven.png --top 3",
            "attune predict Digits.mlmodel Photos/ --out labels.csv",
            "attune predict Prices.mlmodel houses.csv --json",
            "attune predict Rank.mlmodel user=user.npy item=item.npy")
    {
        Arguments.Add(model);
        Arguments.Add(inputs);
        Options.Add(output);
        Options.Add(top);
        Options.Add(fit);
        Options.Add(threads);
        AtLeastOne(top);
        AtLeastOne(threads);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new PredictOptions
        {
            Model = parsed.GetValue(model)!,
            Inputs = parsed.GetValue(inputs)!,
            Out = parsed.GetValue(output),
            Top = parsed.GetValue(top),
            Fit = parsed.GetValue(fit) switch
            {
                Fit.Center => MLImageCropAndScale.CenterCrop,
                Fit.Whole => MLImageCropAndScale.ScaleFit,
                _ => MLImageCropAndScale.ScaleFill,
            },
            Threads = parsed.GetValue(threads),
        };
        if (options.Out is { } path)
        {
            PredictionFile.RequireKnown(path);
            OutputFile.RequirePlace(path);
        }
        (PredictionReport report, IReadOnlyList<IMLFeatureProvider> outputs) = Predictor.Predict(options);
        if (options.Out is { } file)
            PredictionFile.Write(file, report, outputs);
        Show(parsed, report, new PredictionTables(Screen).Show);
        ShowWritten(parsed, options.Out);
        return Task.FromResult(Tool.Done);
    }
}

/// <summary>How an image is brought to the model's size, as the command line says it.</summary>
internal enum Fit
{
    Stretch,
    Center,
    Whole,
}
