namespace Attune.PublicApi.Tests.Snippets;

/// <summary>Core ML's own walk-through of an update, as the documentation shows it.</summary>
internal static class WalkThrough
{
    public static async Task<UpdatableMNISTDigitClassifier> Run()
    {
        #region walk-through
        // The class is generated at build time from <AttuneModel Include="UpdatableMNISTDigitClassifier.mlmodel" />
        var digitClassifier = new UpdatableMNISTDigitClassifier();

        IMLBatchProvider CreateTrainingBatchProvider()
        {
            var samples = new List<IMLFeatureProvider>();
            foreach (string label in new[] { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" })
                for (int i = 0; i < 10; i++)
                {
                    MLPixelBuffer image = MLFeatureValue.FromImageFile($"Samples/{label}_{i}.png",
                        pixelsWide: 28, pixelsHigh: 28, MLPixelFormat.OneComponent8).ImageBufferValue!;
                    samples.Add(new UpdatableMNISTDigitClassifierTrainingInput(image, digit: label));
                }
            return new MLArrayBatchProvider(samples);
        }

        void OnProgress(MLUpdateContext context) => digitClassifier.Model = context.Model;   // measure accuracy here

        void OnCompletion(MLUpdateContext context)
        {
            if (context.Task.Error is not null) return;
            digitClassifier.Model = context.Model;
            context.Model.Write("Updated.mlmodelc");
        }

        var configuration = new MLModelConfiguration
        {
            Parameters = { [MLParameterKey.Epochs] = 10, [MLParameterKey.LearningRate] = 0.02 },
        };
        var handlers = new MLUpdateProgressHandlers(MLUpdateProgressEvent.EpochEnd, OnProgress, OnCompletion);
        var updateTask = new MLUpdateTask(
            UpdatableMNISTDigitClassifier.ModelPath, CreateTrainingBatchProvider(), configuration, handlers);
        updateTask.Resume();               // returns at once; training runs in the background
        await updateTask.Completion;       // a console program waits; an app does not need to
        #endregion

        if (updateTask.Error is { } error)
            throw error;
        return digitClassifier;
    }
}
