using System.Diagnostics;
using System.Text.Json.Nodes;
using Attune.Authoring;

namespace Attune.Benchmarks.Route;

/// <summary>
/// Training on samples in memory. Loading the model is not in the time; making the task, its plans and its buffers is, and so is
/// the pass that computes the frozen features. One short run of the same kind comes before the timed one.
/// </summary>
/// <remarks>
/// An update keeps the features of frozen layers by itself, so the modes 'tail' and 'tail-cached' are the same here; there are two
/// because other engines differ.
/// </remarks>
internal static class TrainRoute
{
    public static void Run(Arguments arguments, TextWriter output)
    {
        BenchmarkNet net = BenchmarkNet.Named(arguments.Text("net", "mnist"));
        if (net.Optimizer is null)
            throw new ArgumentException($"The net '{net.Name}' is not trained here.");
        string mode = arguments.Choice("mode", "tail", "tail", "tail-cached", "full");
        string optimizer = arguments.Choice("optimizer", "sgd", "sgd", "adam");
        int samples = arguments.Count("samples", 640);
        int epochs = arguments.Count("epochs", 5);
        int batch = arguments.Count("batch", 32);
        int threads = arguments.Count("threads", 2);
        double rate = arguments.Number("lr") ?? StandardRate(net, mode, optimizer);
        var folder = ModelFolder.Of(arguments);
        arguments.RequireAllKnown();

        var configuration = new MLModelConfiguration
        {
            Parameters = { [MLParameterKey.LearningRate] = rate, [MLParameterKey.MiniBatchSize] = batch },
            MaxThreads = threads,
            UpdateOptions = new MLUpdateOptions
            {
                TrainableLayers = mode == "full" ? net.Layers : net.Tail,
                ShuffleFirstEpoch = true,
                TextbookAdam = true,
            },
        };
        MLModel model = WithOptimizer(folder.Load(net, new MLModelConfiguration { MaxThreads = threads }), net, optimizer);

        Train(model, TrainingData.Make(net, Math.Min(samples, 4 * batch)), 1, configuration);
        MLArrayBatchProvider data = TrainingData.Make(net, samples);
        long start = Stopwatch.GetTimestamp();
        double loss = Train(model, data, epochs, configuration);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        JsonObject line = ResultLine.Begin("train");
        line["net"] = net.Name;
        line["mode"] = mode;
        line["optimizer"] = optimizer;
        line["samples"] = samples;
        line["epochs"] = epochs;
        line["batch"] = batch;
        line["lr"] = rate;
        line["threads"] = threads;
        line["seconds"] = Math.Round(seconds, 4);
        line["samples_per_second"] = Math.Round(samples * (double)epochs / seconds, 1);
        line["last_epoch_loss"] = double.IsFinite(loss) ? Math.Round(loss, 5) : null;
        line["peak_rss_mb"] = ProcessFacts.PeakMegabytes();
        line.Print(output);
    }

    /// <returns>The mean loss of the last epoch.</returns>
    private static double Train(MLModel model, IMLBatchProvider data, int epochs, MLModelConfiguration configuration)
    {
        configuration.Parameters[MLParameterKey.Epochs] = epochs;
        MLUpdateContext result = new MLUpdateTask(model, data, configuration).RunAsync().GetAwaiter().GetResult();
        return (double)result.Metrics[MLMetricKey.LossValue];
    }

    /// <summary>Raw pixels of 0 to 255 make anything larger diverge at the first convolution of mnist.</summary>
    private static double StandardRate(BenchmarkNet net, string mode, string optimizer)
    {
        if (net.TakesImages && mode == "full")
            return 1e-5;
        return optimizer == "sgd" ? 0.01 : 0.001;
    }

    /// <summary>The model itself if its file has this optimizer; otherwise one that differs from it in this alone.</summary>
    private static MLModel WithOptimizer(MLModel model, BenchmarkNet net, string optimizer)
    {
        if (optimizer == net.Optimizer)
            return model;
        var batch = TrainingParameter.Int64(32, 1, 1024);
        UpdatableModel draft = UpdatableModel.Open(model);
        return (optimizer == "sgd" ? draft.Sgd(0.01, batch, momentum: 0.9) : draft.Adam(0.001, batch)).Build();
    }
}
