using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Attune.Benchmarks.Route;

/// <summary>
/// Training on samples in memory. Loading the model is not in the time; making the task, its plans and its buffers is,
/// and so is the pass that computes the frozen features. One short run of the same kind comes before the timed one.
/// </summary>
/// <remarks>
/// An update keeps the features of frozen layers by itself, so the modes 'tail' and 'tail-cached' are the same here;
/// there are two because other engines differ.
/// </remarks>
internal static class TrainRoute
{
    public static void Run(Arguments arguments, TextWriter output)
    {
        var job = TrainingJob.Read(arguments);
        var folder = ModelFolder.Of(arguments);
        arguments.RequireAllKnown();

        MLModel model = job.WithOptimizer(folder.Load(job.Net, new MLModelConfiguration { MaxThreads = job.Threads }));
        Train(model, TrainingData.Make(job.Net, Math.Min(job.Samples, 4 * job.Batch)), job.Configuration(epochs: 1));

        MLArrayBatchProvider data = TrainingData.Make(job.Net, job.Samples);
        MLModelConfiguration configuration = job.Configuration(job.Epochs);
        long start = Stopwatch.GetTimestamp();
        double loss = Train(model, data, configuration);
        Line(job, Stopwatch.GetElapsedTime(start).TotalSeconds, loss).Print(output);
    }

    /// <returns>The mean loss of the last epoch.</returns>
    private static double Train(MLModel model, IMLBatchProvider data, MLModelConfiguration configuration)
    {
        var task = new MLUpdateTask(model, data, configuration);
        MLUpdateContext result = task.RunAsync().GetAwaiter().GetResult();
        return (double)result.Metrics[MLMetricKey.LossValue];
    }

    private static JsonObject Line(TrainingJob job, double seconds, double loss)
    {
        JsonObject line = ResultLine.Begin("train");
        line["net"] = job.Net.Name;
        line["mode"] = job.Mode;
        line["optimizer"] = job.Optimizer;
        line["samples"] = job.Samples;
        line["epochs"] = job.Epochs;
        line["batch"] = job.Batch;
        line["lr"] = job.Rate;
        line["threads"] = job.Threads;
        line["seconds"] = Math.Round(seconds, 4);
        line["samples_per_second"] = Math.Round(job.Samples * (double)job.Epochs / seconds, 1);
        line["last_epoch_loss"] = double.IsFinite(loss) ? Math.Round(loss, 5) : null;
        line["peak_rss_mb"] = ProcessFacts.PeakMegabytes();
        return line;
    }
}
