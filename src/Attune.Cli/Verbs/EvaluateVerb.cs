using System.CommandLine;
using Attune.Cli.Data;
using Attune.Cli.Evaluation;

namespace Attune.Cli.Verbs;

/// <summary><c>attune evaluate</c>: how well models do on samples whose answers are known.</summary>
internal sealed class EvaluateVerb : Verb
{
    private readonly Argument<string[]> models = new("MODEL")
    {
        Description = "A model, or several to be shown side by side.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> data = new("--data")
    {
        Description = "A folder of images, labelled by sub-folders or by names such as cat_1.png, or a .csv or .json "
            + "file with the answers under the name of the model's predicted feature.",
        HelpName = "FOLDER|FILE",
        Required = true,
    };

    public EvaluateVerb(Screen screen)
        : base(
            "evaluate",
            "Compares predictions with known answers: accuracy, loss, precision, recall, confusion.",
            screen,
            "attune evaluate Digits.mlmodel --data Samples/",
            "attune evaluate Digits.mlmodel Updated.mlmodel --data Samples/ --json")
    {
        Arguments.Add(models);
        Options.Add(data);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] paths = parsed.GetValue(models)!;
        EvaluationReport[] reports =
            [.. paths.Select(path => Evaluate(path, parsed.GetValue(data)!, cancellationToken))];
        return Task.FromResult(
            Show<IReadOnlyList<EvaluationReport>>(parsed, reports, new EvaluationTables(Screen).Show));
    }

    private static EvaluationReport Evaluate(string path, string data, CancellationToken cancellationToken)
    {
        MLModel model = MLModel.Load(path);
        Samples samples = SampleReader.Labelled(model.ModelDescription).Read([data]);
        return EvaluationReport.Of(
            path, model.Evaluate(samples.Batch, cancellationToken), model.ModelDescription.ClassLabels);
    }
}
