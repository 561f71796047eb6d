namespace Attune.PublicApi.Tests.Snippets;

/// <summary>Pieces of the README and of the guides.</summary>
internal static class Personalise
{
    public static async Task<(MLModel Personal, double Loss)> InFifteenLines(string folder)
    {
        Environment.CurrentDirectory = folder;
        double lastLoss = 0;
        #region readme
        MLModel model = MLModel.Load("UpdatableMNISTDigitClassifier.mlmodel");
        MLImageConstraint pixels = model.ModelDescription.InputDescriptionsByName["image"].ImageConstraint!;

        var samples = new MLArrayBatchProvider(
            from path in Directory.GetFiles("Samples", "*.png")         // Samples/7_0.png shows a 7
            select new MLDictionaryFeatureProvider
            {
                ["image"] = MLFeatureValue.FromImageFile(path, pixels),
                ["digit"] = Path.GetFileName(path)[..1],
            });

        var task = new MLUpdateTask(model, samples);
        MLUpdateContext update = await task.RunAsync();                 // trains on this machine
        update.Model.Write("Personal.mlmodel");                         // opens in Apple's tools again

        IMLFeatureProvider answer = update.Model.Prediction(samples.GetFeatures(0));
        Console.WriteLine(
            $"{answer.GetFeatureValue("digit")!.StringValue}, loss {update.Metrics[MLMetricKey.LossValue]}");
        #endregion
        lastLoss = (double)update.Metrics[MLMetricKey.LossValue];
        return (update.Model, lastLoss);
    }

    public static async Task<UpdatableMNISTDigitClassifier> InOneCall()
    {
        #region generated-class
        var digits = new UpdatableMNISTDigitClassifier();

        var drawing = UpdatableMNISTDigitClassifierInput.FromImageFile("Samples/7_0.png");
        UpdatableMNISTDigitClassifierOutput output = digits.Prediction(drawing);
        Console.WriteLine($"{output.Digit}: {output.DigitProbabilities[output.Digit]:P0}");

        var samples =
            from path in Directory.GetFiles("Samples", "*.png")
            select UpdatableMNISTDigitClassifierTrainingInput.FromImageFile(
                path, digit: Path.GetFileName(path)[..1]);
        UpdatableMNISTDigitClassifier personal = await digits.UpdateAsync(samples);
        personal.Model.Write("Personal.mlmodelc");                      // quick to load; digits is as it was

        var later = new UpdatableMNISTDigitClassifier("Personal.mlmodelc");
        Console.WriteLine(later.Prediction(drawing).Digit);
        #endregion
        return later;
    }

    public static string Describe()
    {
        var Console = new StringWriter();
        #region describe
        MLModel model = MLModel.Load("UpdatableMNISTDigitClassifier.mlmodel");
        foreach (MLFeatureDescription input in model.ModelDescription.InputDescriptionsByName.Values)
            Console.WriteLine(input);               // 'image' takes a gray image of 28×28 pixels
        foreach (MLParameterDescription parameter in model.ModelDescription.ParameterDescriptionsByKey.Values)
            Console.WriteLine(parameter);           // learningRate = 0.01 (0 to 1)
        #endregion
        return Console.ToString();
    }

    public static async Task<MLUpdateContext> ChangeInAHandler(MLModel model, IMLBatchProvider samples)
    {
        #region change-in-a-handler
        var handlers = new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.EpochEnd,
            context =>
            {
                if ((double)context.Metrics[MLMetricKey.LossValue] < 0.5)
                    context.Task.Cancel();
                else
                    context.Task.Resume(new Dictionary<MLParameterKey, object>
                    {
                        [MLParameterKey.LearningRate] =
                            (double)context.Parameters[MLParameterKey.LearningRate] / 2,
                    });
            },
            completed => Console.WriteLine(completed.Task.State));
        var task = new MLUpdateTask(model, samples, handlers);
        #endregion
        return await task.RunAsync();
    }

    public static MLModelConfiguration Freeze()
    {
        #region trainable-layers
        var configuration = new MLModelConfiguration
        {
            Parameters = { [MLParameterKey.MiniBatchSize] = 32, [MLParameterKey.Seed] = 7 },
            UpdateOptions = new MLUpdateOptions
            {
                TrainableLayers = ["dense_2"],          // whatever the file marks
                CacheBudget = 64 << 20,                 // bytes for the frozen features
            },
        };
        #endregion
        return configuration;
    }

    public static async Task<MLUpdateContext> KeepACheckpoint(MLModel model, IMLBatchProvider samples)
    {
        #region checkpoint
        var configuration = new MLModelConfiguration
        {
            UpdateOptions = new MLUpdateOptions { Checkpoint = new MLCheckpointOptions("digits.checkpoint") },
        };
        MLUpdateContext completed = await new MLUpdateTask(model, samples, configuration).RunAsync();
        #endregion
        return completed;
    }

    public static MLModel Weights(MLModel model)
    {
        #region weights
        MLParameterKey key = MLParameterKey.Weights.Scoped("dense_2");
        var weights = (MLMultiArray)model.ParameterValue(key);         // a copy, [10×128]
        weights[0, 0] = 0;
        var configuration = new MLModelConfiguration { Parameters = { [key] = weights } };
        MLModel changed = MLModel.Load(UpdatableMNISTDigitClassifier.ModelPath, configuration);
        #endregion
        return changed;
    }

    public static string Explain(Func<MLUpdateTask> make)
    {
        #region errors
        try
        {
            make().Resume();
        }
        catch (MLModelNotSupportedException refusal)
        {
            return string.Join(Environment.NewLine, refusal.Reasons);
        }
        catch (ArgumentException mistake)
        {
            return mistake.Message;
        }
        #endregion
        return "";
    }
}
