// Personalises a digit classifier to a user who writes at a slant: ten samples of each digit, ten epochs, on this
// machine.
// The model is Core ML's own example of an updatable one; docs/route.md follows its numbers through the library.

using System.Diagnostics;
using System.Globalization;
using Attune;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] labels = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
string home = AppContext.BaseDirectory;
string output = Directory.CreateTempSubdirectory("digits-").FullName;
var turned = TestDigits.Read(Path.Combine(home, "Data", "turned"));
var upright = TestDigits.Read(Path.Combine(home, "Data", "upright"));

// The class is generated at build time from <AttuneModel Include="UpdatableMNISTDigitClassifier.mlmodel" />
var digitClassifier = new UpdatableMNISTDigitClassifier();
double before = turned.Accuracy(digitClassifier.Model);
double uprightBefore = upright.Accuracy(digitClassifier.Model);
Console.WriteLine(
    $"The model as it comes reads {before:P1} of the user's digits and {uprightBefore:P1} of upright ones.");
Console.WriteLine();

IMLBatchProvider CreateTrainingBatchProvider()
{
    var samples = new List<IMLFeatureProvider>();
    foreach (string label in labels)
        for (int i = 0; i < 10; i++)
        {
            MLPixelBuffer image = MLFeatureValue.FromImageFile(Path.Combine(home, "Samples", $"{label}_{i}.png"),
                pixelsWide: 28, pixelsHigh: 28, MLPixelFormat.OneComponent8).ImageBufferValue!;
            samples.Add(new UpdatableMNISTDigitClassifierTrainingInput(image, digit: label));
        }
    return new MLArrayBatchProvider(samples);
}

var clock = new Stopwatch();

void OnProgress(MLUpdateContext context)
{
    clock.Stop();   // measuring is not training
    digitClassifier.Model = context.Model;
    ProgressBar.Show(
        (long)context.Metrics[MLMetricKey.EpochIndex] + 1,
        (long)context.Parameters[MLParameterKey.Epochs],
        (double)context.Metrics[MLMetricKey.LossValue],
        turned.Accuracy(context.Model));
    clock.Start();
}

void OnCompletion(MLUpdateContext context)
{
    clock.Stop();
    if (context.Task.Error is not null) return;
    digitClassifier.Model = context.Model;
    context.Model.Write(Path.Combine(output, "Updated.mlmodelc"));
    context.Model.Write(Path.Combine(output, "Updated.mlmodel"));
}

var configuration = new MLModelConfiguration
{
    Parameters = { [MLParameterKey.Epochs] = 10, [MLParameterKey.LearningRate] = 0.02 },
};
var handlers = new MLUpdateProgressHandlers(MLUpdateProgressEvent.EpochEnd, OnProgress, OnCompletion);
clock.Start();
var updateTask = new MLUpdateTask(
    UpdatableMNISTDigitClassifier.ModelPath, CreateTrainingBatchProvider(), configuration, handlers);
updateTask.Resume();               // returns at once; training runs in the background
await updateTask.Completion;       // a console program waits; an app does not need to

if (updateTask.Error is { } error)
{
    Console.Error.WriteLine($"The update failed: {error.Message}");
    return 1;
}

Console.WriteLine();
foreach (string name in new[] { "Updated.mlmodelc", "Updated.mlmodel" })
{
    string path = Path.Combine(output, name);
    bool same = turned.PredictSameBits(digitClassifier.Model, MLModel.Load(path));
    Console.WriteLine($"{path}: loaded again, it predicts {(same ? "the same bits" : "OTHER VALUES")}.");
    if (!same)
        return 1;
}

double after = turned.Accuracy(digitClassifier.Model);
double uprightAfter = upright.Accuracy(digitClassifier.Model);
Console.WriteLine(
    $"Upright digits, which it was not trained on again: {uprightBefore:F3} before, {uprightAfter:F3} after.");
Console.WriteLine(
    $"digits: accuracy {before:F3} -> {after:F3} on {turned.Count} test digits, 100 samples, 10 epochs, " +
    $"{clock.Elapsed.TotalSeconds:F2} s");
return after < before + 0.1 ? 1 : 0;
