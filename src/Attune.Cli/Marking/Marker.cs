using Attune.Authoring;
using Attune.Models;

namespace Attune.Cli.Marking;

/// <summary>How a network is to learn.</summary>
internal sealed record MarkOptions
{
    public required string Model { get; init; }

    public required string Out { get; init; }

    /// <summary>The layers to train; empty: the head.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Null: by the kind of the model.</summary>
    public LossKind? Loss { get; init; }

    public OptimizerKind Optimizer { get; init; }

    public double LearningRate { get; init; } = 0.01;

    public int Batch { get; init; } = 10;

    public int Epochs { get; init; } = 10;

    /// <summary>New classes; null: those that it has.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether layers that only Attune trains may be marked too.</summary>
    public bool AllowAny { get; init; }
}

internal enum LossKind
{
    CrossEntropy,
    SquaredError,
}

internal enum OptimizerKind
{
    Sgd,
    Adam,
}

/// <summary>What was marked.</summary>
internal sealed record MarkReport(
    string Model, string Out, IReadOnlyList<string> Layers, LossKind Loss, OptimizerKind Optimizer,
    IReadOnlyList<string>? NewLabels);

/// <summary>Makes a neural network updatable.</summary>
internal static class Marker
{
    // A default alone would allow no other; these are wide enough for every use.
    private const long MostBatch = 4096, MostEpochs = 100_000;

    public static MarkReport Mark(MarkOptions options)
    {
        MLModel model = MLModel.Load(options.Model);
        RequireKind(options, model);
        UpdatableModel draft = Draft(options);
        string[] layers = options.Layers.Count > 0 ? [.. options.Layers] : [HeadOf(draft, options)];
        LossKind loss = options.Loss
            ?? (model.ModelDescription.ClassLabels is null ? LossKind.SquaredError : LossKind.CrossEntropy);
        if (options.Labels is { } labels)
            draft.ReplaceClasses(labels);
        draft.MakeUpdatable(layers);
        AddTraining(draft, options, loss);
        IReadOnlyList<ModelProblem> problems = draft.Check();
        if (problems.Count > 0)
            throw new ToolException(
                "The model cannot be made updatable so. "
                + string.Join(' ', problems.Select(problem => problem.Message)));
        draft.Save(options.Out);
        return new MarkReport(options.Model, options.Out, layers, loss, options.Optimizer, options.Labels);
    }

    private static void RequireKind(MarkOptions options, MLModel model)
    {
        string type = ModelStructure.Of(model).Type;
        if (!type.StartsWith("neuralNetwork", StringComparison.Ordinal))
            throw new ToolException(
                $"Only neural networks are made updatable; '{options.Model}' is of the type {type}.");
        if (options.Labels is not null && type != "neuralNetworkClassifier")
            throw new ToolException(
                "--head and --labels replace the classes of a neuralNetworkClassifier; "
                + $"'{options.Model}' is of the type {type}, which has none.");
    }

    private static UpdatableModel Draft(MarkOptions options) => UpdatableModel.Open(
        options.Model, options.AllowAny ? MLUpdateProfile.Any : MLUpdateProfile.CoreML);

    private static void AddTraining(UpdatableModel draft, MarkOptions options, LossKind loss)
    {
        if (loss == LossKind.CrossEntropy)
            draft.CategoricalCrossEntropyLoss("loss");
        else
            draft.MeanSquaredErrorLoss("loss");
        Int64TrainingParameter batch = TrainingParameter.Int64(options.Batch, 1, Math.Max(MostBatch, options.Batch));
        if (options.Optimizer == OptimizerKind.Adam)
            draft.Adam(TrainingParameter.Double(options.LearningRate, 0, Math.Max(1, options.LearningRate)), batch);
        else
            draft.Sgd(TrainingParameter.Double(options.LearningRate, 0, Math.Max(1, options.LearningRate)), batch);
        draft.Epochs(TrainingParameter.Int64(options.Epochs, 1, Math.Max(MostEpochs, options.Epochs)));
    }

    private static string HeadOf(UpdatableModel draft, MarkOptions options)
    {
        if (draft.HeadLayerName is { } name)
            return name;
        throw options.Labels is { } labels
            ? new ToolException(draft.ReplaceClasses(labels).Check()[0].Message)
            : new UsageException(
                "The model has no classifying layer that could be trained by itself. Name layers with --layers; "
                + "'attune inspect' lists them.");
    }
}
