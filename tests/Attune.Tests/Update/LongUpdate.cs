using Attune.Authoring;

namespace Attune.Tests.Update;

/// <summary>
/// An update that takes a while, as a program of its own, for <see cref="KilledUpdateTests"/>: a convolution and a
/// dense layer learn from images that vary and come in a shuffled order, with a momentum, and samples are held out.
/// </summary>
internal static class LongUpdate
{
    /// <summary>Runs <c>FOLDER OUT CHECKPOINT MILLISECONDS</c>, and says when training begins.</summary>
    public static async Task Main(string[] args) =>
        await RunAsync(args[0], args[1], args[2], int.Parse(args[3], null), Console.Out.WriteLine);

    /// <param name="images">A folder of what <see cref="MakeImages"/> makes.</param>
    /// <param name="result">The file to write the model to.</param>
    /// <param name="checkpoint">The checkpoint's file; null for none.</param>
    /// <param name="pause">Milliseconds that each mini-batch takes besides.</param>
    /// <param name="tell">Told of the beginning.</param>
    public static async Task RunAsync(
        string images, string result, string? checkpoint, int pause = 0, Action<string>? tell = null)
    {
        MLModel model = Network().Build();
        var samples = new MLImageFolderBatchProvider(images, model.ModelDescription, new MLImageFolderOptions
        {
            Augmentation = new MLImageAugmentation { MaxRotation = 20, MaxShift = 0.1, Noise = 5, Seed = 3 },
        });
        var configuration = new MLModelConfiguration
        {
            Parameters = { [MLParameterKey.Shuffle] = true, [MLParameterKey.Seed] = 5 },
            UpdateOptions = new MLUpdateOptions
            {
                HoldOutShare = 0.2,
                RestoresBest = true,
                Checkpoint = checkpoint is null ? null : new MLCheckpointOptions(checkpoint) { MiniBatches = 1 },
            },
        };
        var handlers = new MLUpdateProgressHandlers(
            MLUpdateProgressEvent.TrainingBegin | MLUpdateProgressEvent.MiniBatchEnd,
            context =>
            {
                if (context.Event == MLUpdateProgressEvent.TrainingBegin)
                    tell?.Invoke("begin");
                else
                    Thread.Sleep(pause);
            },
            static _ => { });
        MLUpdateContext completed = await new MLUpdateTask(model, samples, configuration, handlers).RunAsync();
        completed.Model.Write(result);
    }

    /// <summary>Stripes of two directions, twenty files of each.</summary>
    public static void MakeImages(string folder)
    {
        for (int i = 0; i < 40; i++)
        {
            byte[] pixels = new byte[8 * 8];
            for (int place = 0; place < pixels.Length; place++)
                pixels[place] = (byte)(((i % 2 == 0 ? place : place / 8) + i / 2) % 3 == 0 ? 220 - i : 20 + i);
            new MLPixelBuffer(pixels, 8, 8, MLPixelFormat.OneComponent8).SavePng(
                Path.Combine(folder, FormattableString.Invariant($"{(i % 2 == 0 ? "up" : "along")}_{i:00}.png")));
        }
    }

    private static NetworkBuilder Network() => new NetworkBuilder()
        .AddImageInput("image", 8, 8)
        .ScaleImage(1 / 255f)
        .Convolution("conv", 3, 3, Initializer.GlorotUniform(seed: 1), Initializer.Zeros)
        .ReLU("relu")
        .Flatten("flatten")
        .InnerProduct("dense", 2, Initializer.GlorotUniform(seed: 2), Initializer.Zeros)
        .Softmax("probabilities")
        .Classifier(["along", "up"], "label", "probabilities")
        .MakeUpdatable("conv", "dense")
        .CategoricalCrossEntropyLoss("loss")
        .Sgd(learningRate: 0.05, miniBatchSize: 5, momentum: 0.9)
        .Epochs(8);
}
