// Makes UpdatableMNISTDigitClassifier.mlmodel: writes the model down layer by layer, trains it on upright digits, saves
// it.
// Takes a folder with MNIST's train-images-idx3-ubyte and train-labels-idx1-ubyte (packed as .gz or not) and the file
// to write.

using System.Globalization;
using Attune;
using DigitPersonalization.BaseModel;
using DigitPersonalization.Data;

const int TrainingDigits = 12_000;

if (args is not [string folder, string path])
{
    Console.Error.WriteLine("Usage: DigitPersonalization.BaseModel FOLDER-WITH-MNIST MODEL.mlmodel");
    return 2;
}

DigitSet digits = DigitSet.Read(Path.Combine(folder, "train")).First(TrainingDigits);
var samples = new MLArrayBatchProvider(Enumerable.Range(0, digits.Count).Select(Sample));

var configuration = new MLModelConfiguration
{
    UpdateOptions = new MLUpdateOptions
    {
        TrainableLayers = ["conv2d_1", "conv2d_2", "dense_1", "dense_2"],
        ShuffleFirstEpoch = true,
    },
};
var progress = new MLUpdateProgressHandlers(
    MLUpdateProgressEvent.EpochEnd,
    context => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {context.Metrics[MLMetricKey.EpochIndex]}: loss {context.Metrics[MLMetricKey.LossValue]:F4}")),
    _ => { });
var task = new MLUpdateTask(DigitClassifier.Twin().Build(), samples, configuration, progress);
MLUpdateContext trained = await task.RunAsync();

DigitClassifier.From(trained.Model).Save(path);
return 0;

IMLFeatureProvider Sample(int index)
{
    var image = new MLPixelBuffer(DigitSet.Side, DigitSet.Side, MLPixelFormat.OneComponent8);
    for (int y = 0; y < DigitSet.Side; y++)
        digits.Image(index).Slice(y * DigitSet.Side, DigitSet.Side).CopyTo(image.GetRow(y));
    return new MLDictionaryFeatureProvider
    {
        ["image"] = MLFeatureValue.FromPixelBuffer(image),
        ["digit"] = MLFeatureValue.FromString(digits.Labels[index].ToString(CultureInfo.InvariantCulture)),
    };
}
