using System.CommandLine;
using System.Globalization;
using Attune.Cli.Marking;

namespace Attune.Cli.Verbs;

/// <summary><c>attune mark</c>: makes a neural network updatable.</summary>
internal sealed class MarkVerb : Verb
{
    // More is a mistake of typing: a head has a row of weights for each.
    private const int MostClasses = 100_000;

    private readonly Argument<string> model = ModelArgument();
    private readonly Argument<string> output = new("OUT") { Description = "The updatable model to write." };

    private readonly Option<string[]> layers = new("--layers")
    {
        Description = "The layers to train, by name. Default: the one that tells classes apart.",
        HelpName = "NAMES",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<LossKind?> loss = new("--loss")
    {
        Description = "Default: CrossEntropy for classifiers, else SquaredError.",
    };

    private readonly Option<OptimizerKind> optimizer = new("--optimizer") { Description = "Default: Sgd." };

    private readonly Option<double> learningRate = new("--learning-rate")
    {
        Description = "What updates use unless told otherwise.",
        HelpName = "RATE",
        DefaultValueFactory = _ => 0.01,
    };

    private readonly Option<int> batch = new("--batch")
    {
        Description = "Samples of a mini-batch.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<int> epochs = new("--epochs")
    {
        Description = "How often updates go through the samples.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<int?> head = new("--head")
    {
        Description = "Replace the classes by N new ones, named 0 to N-1 unless --labels names them.",
        HelpName = "N",
    };

    private readonly Option<string[]> labels = new("--labels")
    {
        Description = "The names of the new classes.",
        HelpName = "NAMES",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> any = new("--any")
    {
        Description = "Also allow what Attune trains and Core ML does not.",
    };

    public MarkVerb(Screen screen)
        : base(
            "mark",
            "Makes any neural network updatable: which layers learn, by which loss and optimizer.",
            screen,
            "attune mark Digits.mlmodel Updatable.mlmodel --layers dense_1,dense_2 --optimizer adam",
            "attune mark Animals.mlmodel Pets.mlmodel --head 3 --labels cat,dog,rabbit")
    {
        Arguments.Add(model);
        Arguments.Add(output);
        foreach (Option option in (Option[])[
            layers, loss, optimizer, learningRate, batch, epochs, head, labels, any])
            Options.Add(option);
        AtLeastOne(batch);
        AtLeastOne(epochs);
        AtLeastOne(head, MostClasses);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new MarkOptions
        {
            Model = parsed.GetValue(model)!,
            Out = OutputFile.RequireModel(parsed.GetValue(output)!),
            Layers = Names(parsed.GetValue(layers)),
            Loss = parsed.GetValue(loss),
            Optimizer = parsed.GetValue(optimizer),
            LearningRate = parsed.GetValue(learningRate),
            Batch = parsed.GetValue(batch),
            Epochs = parsed.GetValue(epochs),
            Labels = NewLabels(parsed.GetValue(head), Names(parsed.GetValue(labels))),
            AllowAny = parsed.GetValue(any),
        };
        return Task.FromResult(Show(parsed, Marker.Mark(options), ShowMarked));
    }

    private void ShowMarked(MarkReport report)
    {
        Screen.Line(
            $"Wrote {report.Out}: {string.Join(", ", report.Layers)} can be trained, by {report.Loss} and "
            + $"{report.Optimizer}.");
        if (report.NewLabels is { } named)
            Screen.Line($"{named.Count} new classes, which are guessed until they are trained: "
                + $"{string.Join(", ", named)}.");
    }

    private static string[]? NewLabels(int? head, string[] labels)
    {
        if (head is not { } count)
            return labels.Length > 0 ? labels : null;
        if (labels.Length > 0 && labels.Length != count)
            throw new UsageException($"--head {count} takes {count} labels; --labels names {labels.Length}.");
        return labels.Length > 0
            ? labels
            : [.. Enumerable.Range(0, count).Select(label => label.ToString(CultureInfo.InvariantCulture))];
    }
}
