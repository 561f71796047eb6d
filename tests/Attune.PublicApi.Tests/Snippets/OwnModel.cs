using Attune.Authoring;

namespace Attune.PublicApi.Tests.Snippets;

/// <summary>The guide to personalising a model of one's own, in code.</summary>
internal static class OwnModel
{
    public static MLModel Mark()
    {
        #region own-mark
        UpdatableModel.Open("Digits.mlmodel")
            .ReplaceClasses(["ring", "stroke", "hook"])             // leave out to keep the classes
            .MakeUpdatable("dense_2")
            .CategoricalCrossEntropyLoss("loss")
            .Sgd(TrainingParameter.Double(0.01, 0, 1), TrainingParameter.Int64(10, 1, 100))
            .Epochs(TrainingParameter.Int64(20, 1, 1000))
            .Save("Marks.mlmodel");
        #endregion
        return MLModel.Load("Marks.mlmodel");
    }

    public static async Task<(MLEvaluation Before, MLEvaluation After)> Train(CancellationToken cancellationToken)
    {
        #region own-train
        MLModel marks = MLModel.Load("Marks.mlmodel");
        var samples = new MLImageFolderBatchProvider("Marks", marks.ModelDescription);  // Marks/ring/0_4.png

        var configuration = new MLModelConfiguration
        {
            UpdateOptions = new MLUpdateOptions
            {
                HoldOutShare = 0.3,             // measured, never learned from
                Patience = 5,                   // epochs without a better held-out loss
                RestoresBest = true,            // the best epoch, not the last
                KeepsOnlyBetter = true,         // or the model as it was
            },
        };
        MLUpdateContext update = await new MLUpdateTask(marks, samples, configuration)
            .RunAsync(cancellationToken: cancellationToken);
        if ((long)update.Metrics[MLMetricKey.ResultEpochIndex] >= 0)
            update.Model.Write("Mine.mlmodel");
        #endregion

        #region own-judge
        MLEvaluation before = marks.Evaluate(samples, cancellationToken);
        MLEvaluation after = update.Model.Evaluate(samples, cancellationToken);
        Console.WriteLine($"{before.Accuracy:P0} -> {after.Accuracy:P0}, loss {before.Loss:F2} -> {after.Loss:F2}");
        foreach (MLClassEvaluation mark in after.Classes)
            Console.WriteLine($"{mark.Label}: found {mark.Recall:P0}, right {mark.Precision:P0}");
        #endregion
        return (before, after);
    }

    public static MLUpdateTask TrainCloser(MLModel marks, IMLBatchProvider samples)
    {
        #region own-freer
        var configuration = new MLModelConfiguration
        {
            Parameters =
            {
                [MLParameterKey.LearningRate] = 0.003,
                [MLParameterKey.Epochs] = 50,
            },
            UpdateOptions = new MLUpdateOptions { TrainableLayers = ["dense_1", "dense_2"] },
        };
        var task = new MLUpdateTask(marks, samples, configuration);
        #endregion
        return task;
    }
}
