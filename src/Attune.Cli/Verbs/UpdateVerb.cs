using System.CommandLine;
using Attune.Cli.Marking;
using Attune.Cli.Training;
using Spectre.Console;

namespace Attune.Cli.Verbs;

/// <summary><c>attune update</c>: personalises a model with somebody's own samples.</summary>
internal sealed class UpdateVerb : Verb
{
    private readonly Argument<string> model = ModelArgument();

    private readonly Option<string> data = new("--data")
    {
        Description = "A folder of images, labelled by sub-folders or by names such as cat_1.png, or a .csv or .json "
            + "file with the model's training inputs.",
        HelpName = "FOLDER|FILE",
        Required = true,
    };

    private readonly Option<string> output = new("--out")
    {
        Description = "The updated model to write.",
        HelpName = "MODEL",
        Required = true,
    };

    private readonly Option<int?> epochs = Number<int?>("--epochs", "How often to go through the samples.");
    private readonly Option<double?> rate = Number<double?>("--learning-rate", "The size of the steps.");
    private readonly Option<int?> batch = Number<int?>("--batch", "Samples of a mini-batch.");
    private readonly Option<long?> seed = Number<long?>("--seed", "Where random numbers start.");

    private readonly Option<OptimizerKind?> optimizer = new("--optimizer")
    {
        Description = "Another optimizer than the file's.",
    };

    private readonly Option<string[]> layers = new("--layers")
    {
        Description = "The layers to train in place of those that the file marks.",
        HelpName = "NAMES",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> augment = new("--augment")
    {
        Description = "Vary the images that are learned from in each epoch: rotation, shift, scale, noise, flip, "
            + "flip-vertical, each with a number or without. Default: rotation=10,shift=0.1,scale=0.1.",
        HelpName = "PARTS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<double> holdOut = new("--holdout")
    {
        Description = "The share of the samples that is measured and not learned from. The best epoch is kept.",
        HelpName = "SHARE",
    };

    private readonly Option<int?> patience = Number<int?>(
        "--patience", "Stop after so many epochs without a better held-out loss.");

    private readonly Option<bool> onlyBetter = new("--only-better")
    {
        Description = "Leave the model as it is if the held-out loss did not fall.",
    };

    private readonly Option<string?> resume = new("--resume")
    {
        Description = "Keep a checkpoint in this file after each epoch, and go on from it if it is there: with the "
            + "same model, data and options, but for --epochs, which may grow.",
        HelpName = "FILE",
    };

    private readonly Option<string?> report = new("--report")
    {
        Description = "Also write a page with curves, confusion, and the worst samples.",
        HelpName = "FILE",
    };

    private TrainingBar? bar;

    public UpdateVerb(Screen screen)
        : base(
            "update",
            "Trains a model with your samples. Ctrl-C stops it and keeps the best epoch so far.",
            screen,
            "attune update Digits.mlmodel --data Samples/ --out Mine.mlmodel --epochs 20",
            "attune update Digits.mlmodel --data Samples/ --out Mine.mlmodel --holdout 0.2 --report mine.html")
    {
        Arguments.Add(model);
        foreach (Option option in (Option[])[
            data, output, epochs, rate, batch, optimizer, layers, seed, augment, holdOut, patience, onlyBetter, resume,
            report])
            Options.Add(option);
        foreach (Option option in (Option[])[epochs, batch, patience])
            AtLeastOne(option);
    }

    /// <summary>Long enough for a mini-batch to end and the best model to be written.</summary>
    public override TimeSpan Patience => TimeSpan.FromMinutes(2);

    public override void OnStopping()
    {
        if (bar is { } moving)
            moving.Stop();
        else
            Screen.Remark("Stopping at the next mini-batch; another Ctrl-C ends at once.");
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        TrainOptions options = OptionsOf(parsed);
        foreach (string? other in new[] { options.Report, options.Checkpoint })
            if (other is not null)
                OutputFile.RequireNoModel(other);
        foreach (string? place in new[] { options.Out, options.Report, options.Checkpoint })
            if (place is not null)
                OutputFile.RequirePlace(place);
        (Trainer trainer, TrainingReport trained) = await TrainAsync(parsed, options, cancellationToken);
        if (options.Report is { } file)
            OutputFile.Write(file, TrainingPage.Of(trained, trainer));
        Show(parsed, trained, report => TrainingSummary.Show(Screen, report));
        ShowWritten(parsed, options.Report);
        if (!trained.WasStopped)
            return Tool.Done;
        if (options.Checkpoint is { } checkpoint && File.Exists(checkpoint))
            Screen.Remark($"The same command goes on from '{checkpoint}'.");
        return Tool.Interrupted;
    }

    private TrainOptions OptionsOf(ParseResult parsed)
    {
        double share = parsed.GetValue(holdOut);
        if (share is not (>= 0 and <= 0.9))
            throw new UsageException("--holdout takes a share of 0 to 0.9.");
        if (share == 0 && (parsed.GetValue(patience) is not null || parsed.GetValue(onlyBetter)))
            throw new UsageException("--patience and --only-better go by held-out samples: give --holdout too.");
        return new TrainOptions
        {
            Model = parsed.GetValue(model)!,
            Data = parsed.GetValue(data)!,
            Out = OutputFile.RequireModel(parsed.GetValue(output)!),
            Epochs = parsed.GetValue(epochs),
            LearningRate = parsed.GetValue(rate),
            Batch = parsed.GetValue(batch),
            Seed = parsed.GetValue(seed),
            Augmentation = AugmentationOf(parsed),
            Optimizer = parsed.GetValue(optimizer),
            Layers = Names(parsed.GetValue(layers)),
            HoldOut = share,
            Patience = parsed.GetValue(patience),
            KeepsOnlyBetter = parsed.GetValue(onlyBetter),
            Checkpoint = parsed.GetValue(resume),
            Report = parsed.GetValue(report),
        };
    }

    private MLImageAugmentation? AugmentationOf(ParseResult parsed)
    {
        if (parsed.GetResult(augment) is null)
            return null;
        string? parts = parsed.GetValue(augment);
        string path = parsed.GetValue(data)!;
        return File.Exists(path)
            ? throw new UsageException($"--augment varies the images of a folder; '{path}' is a file.")
            : Augmentations.Parse(Names(parts is null ? [] : [parts]));
    }

    private async Task<(Trainer, TrainingReport)> TrainAsync(
        ParseResult parsed, TrainOptions options, CancellationToken cancellationToken)
    {
        if (!Screen.IsTerminal || IsJson(parsed))
        {
            var trainer = new Trainer(options, new TrainingLines(Screen));
            return (trainer, trainer.Train(cancellationToken));
        }
        bar = new TrainingBar();
        return await Screen.Console.Progress().Columns(bar).StartAsync(bars =>
        {
            bars.AddTask("update");
            var trainer = new Trainer(options, bar);
            return Task.FromResult((trainer, trainer.Train(cancellationToken)));
        });
    }

    private static Option<T> Number<T>(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
    };
}
