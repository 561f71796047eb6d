namespace Attune.Cli.Evaluation;

/// <summary>How well a model does on samples whose answers are known.</summary>
internal sealed record EvaluationReport
{
    public required string Model { get; init; }

    public required int Count { get; init; }

    /// <summary>The share of right labels; null if the model is no classifier.</summary>
    public double? Accuracy { get; init; }

    public required double Loss { get; init; }

    /// <summary>Null if the model is no regressor.</summary>
    public double? MeanAbsoluteError { get; init; }

    public required IReadOnlyList<ClassReport> Classes { get; init; }

    /// <summary>A row for each class as it is, a column for each as it is predicted.</summary>
    public required IReadOnlyList<int[]> Confusion { get; init; }

    /// <summary>Labels of samples that the model does not have, so that it cannot be right about them.</summary>
    public IReadOnlyList<string> UnknownLabels { get; init; } = [];

    /// <summary>A report of an evaluation; without the model's labels it names no unknown ones.</summary>
    public static EvaluationReport Of(
        string model, MLEvaluation evaluation, IReadOnlyList<object>? labels = null) => new()
    {
        Model = model,
        Count = evaluation.Count,
        Accuracy = evaluation.Accuracy,
        Loss = evaluation.Loss,
        MeanAbsoluteError = evaluation.MeanAbsoluteError,
        UnknownLabels = labels is null ? [] :
        [
            .. evaluation.Classes.Where(found => found.Count > 0 && !labels.Contains(found.Label))
                .Select(found => FormattableString.Invariant($"{found.Label}")),
        ],
        Classes =
        [
            .. evaluation.Classes.Select(found => new ClassReport(
                FormattableString.Invariant($"{found.Label}"), found.Count, Known(found.Precision),
                Known(found.Recall), Known(found.F1))),
        ],
        Confusion =
        [
            .. evaluation.Classes.Select(actual => (int[])
                [.. evaluation.Classes.Select(made => evaluation.Confusion(actual.Label, made.Label))]),
        ],
    };

    private static double? Known(double number) => double.IsNaN(number) ? null : number;
}

/// <summary>How well it does on one class; null where there is nothing to tell from.</summary>
internal sealed record ClassReport(string Label, int Count, double? Precision, double? Recall, double? F1);
