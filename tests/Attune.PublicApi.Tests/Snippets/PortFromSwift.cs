namespace Attune.PublicApi.Tests.Snippets;

/// <summary>What the page for those who come from Swift shows, piece by piece: one update from model to saved model.
/// </summary>
internal static class PortFromSwift
{
    public static async Task<(MLModel Personal, double Accuracy)> Update()
    {
        #region swift-model
        MLModel digits = MLModel.Load("UpdatableMNISTDigitClassifier.mlmodel");
        MLImageConstraint pixels = digits.ModelDescription.InputDescriptionsByName["image"].ImageConstraint!;
        #endregion

        #region swift-samples
        IMLFeatureProvider Sample(string path, string label) => new MLDictionaryFeatureProvider
        {
            ["image"] = MLFeatureValue.FromImageFile(path, pixels),
            ["digit"] = label,
        };

        var samples = new List<IMLFeatureProvider>();
        for (int digit = 0; digit <= 9; digit++)
            for (int take = 0; take < 10; take++)
                samples.Add(Sample($"Samples/{digit}_{take}.png", $"{digit}"));
        var trainingData = new MLArrayBatchProvider(samples);
        #endregion

        #region swift-configuration
        var configuration = new MLModelConfiguration();
        configuration.Parameters[MLParameterKey.Epochs] = 10;
        configuration.Parameters[MLParameterKey.LearningRate] = 0.02;
        #endregion

        MLModel personal = digits;
        #region swift-handlers
        void OnProgress(MLUpdateContext context)
        {
            if (context.Event == MLUpdateProgressEvent.EpochEnd)
                Console.WriteLine(
                    $"{context.Metrics[MLMetricKey.EpochIndex]}: {context.Metrics[MLMetricKey.LossValue]}");
        }

        void OnCompletion(MLUpdateContext context)
        {
            if (context.Task.Error is { } error)
            {
                Console.WriteLine(error.Message);
                return;
            }
            context.Model.Write("Personal.mlmodelc");       // replaces what was there once it is whole
            personal = context.Model;                       // an MLModel: it predicts as it is
        }

        var handlers = new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.TrainingBegin | MLUpdateProgressEvent.EpochEnd, OnProgress, OnCompletion);
        #endregion

        #region swift-task
        var task = new MLUpdateTask(
            "UpdatableMNISTDigitClassifier.mlmodel", trainingData, configuration, handlers);
        task.Resume();
        #endregion
        await task.Completion;

        #region swift-later
        MLModel saved = MLModel.Load("Personal.mlmodelc");
        IMLBatchProvider answers = saved.Predictions(trainingData);
        int right = 0;
        for (int i = 0; i < answers.Count; i++)
        {
            string? answer = answers.GetFeatures(i).GetFeatureValue("digit")?.StringValue;
            if (answer == samples[i].GetFeatureValue("digit")?.StringValue)
                right += 1;
        }
        double accuracy = (double)right / answers.Count;
        #endregion
        return (personal, accuracy);
    }

    public static double Arrays(MLModel model)
    {
        #region swift-arrays
        var numbers = new MLMultiArray([3], MLMultiArrayDataType.Float32);
        numbers[0] = 1;
        numbers.AsSpan<float>()[1] = 20;                    // the memory itself, checked
        IMLFeatureProvider output = model.Prediction(
            new MLDictionaryFeatureProvider { ["numbers"] = numbers });
        double sum = output.GetFeatureValue("sum")!.MultiArrayValue![0];
        #endregion
        return sum;
    }

    public static string Catch(string path, IMLFeatureProvider input)
    {
        #region swift-errors
        try
        {
            MLModel model = MLModel.Load(path);
            return $"{model.Prediction(input).FeatureNames.Count} outputs";
        }
        catch (MLFeatureException mismatch)                 // MLModelError.featureType
        {
            return $"{mismatch.FeatureName} {mismatch.Expected}";
        }
        catch (Exception error) when (error is IOException or MLModelFormatException)   // MLModelError.io
        {
            return error.Message;
        }
        #endregion
    }

    public static IMLBatchProvider Columns(MLImageConstraint pixels)
    {
        #region swift-columns
        string[] labels = ["1", "7"];
        var columns = new Dictionary<string, IReadOnlyList<object>>
        {
            ["image"] = [.. labels.Select(label => MLFeatureValue.FromImageFile($"Samples/{label}_0.png", pixels))],
            ["digit"] = labels,
        };
        var trainingData = new MLArrayBatchProvider(columns);
        #endregion
        return trainingData;
    }

    #region swift-batch-provider
    /// <summary>Each image as it is, and once more a little different whenever it is asked for.</summary>
    private sealed class Doubled(IMLBatchProvider samples, Func<IMLFeatureProvider, IMLFeatureProvider> vary)
        : IMLBatchProvider
    {
        public int Count => 2 * samples.Count;

        public IMLFeatureProvider GetFeatures(int index) =>
            index < samples.Count ? samples.GetFeatures(index) : vary(samples.GetFeatures(index - samples.Count));
    }
    #endregion

    public static IMLBatchProvider Double(
        IMLBatchProvider samples, Func<IMLFeatureProvider, IMLFeatureProvider> vary) => new Doubled(samples, vary);
}
