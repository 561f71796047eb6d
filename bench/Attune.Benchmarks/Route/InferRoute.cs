using System.Globalization;
using System.Text.Json.Nodes;

namespace Attune.Benchmarks.Route;

/// <summary>Predictions of one sample and of a batch of equal samples, compared with the stored output.</summary>
internal static class InferRoute
{
    public static void Run(Arguments arguments, TextWriter output)
    {
        BenchmarkNet net = BenchmarkNet.Named(arguments.Text("net", "mnist"));
        int batch = arguments.Count("batch", 32);
        int threads = arguments.Count("threads", 2);
        double seconds = arguments.Number("seconds") ?? 2;
        var folder = ModelFolder.Of(arguments);
        arguments.RequireAllKnown();

        MLModel model = folder.Load(net, new MLModelConfiguration { MaxThreads = threads });
        (float[] input, float[] expected) = folder.Reference(net);
        var sample = new MLDictionaryFeatureProvider { [net.Input] = net.Value(input) };
        foreach (int size in batch > 1 ? new[] { 1, batch } : [1])
        {
            var samples = new MLArrayBatchProvider(Enumerable.Repeat<IMLFeatureProvider>(sample, size).ToArray());
            IReadOnlyList<IMLFeatureProvider> results = [];
            Timings times = Timings.Of(() => results = Predict(model, sample, samples), seconds);
            double difference = results.Max(result => Difference(net, result, expected));
            Line(net, size, threads, times, difference).Print(output);
        }
    }

    /// <summary>One prediction, for those that measure from outside.</summary>
    public static void Once(ModelFolder folder, BenchmarkNet net, MLModel model)
    {
        (float[] input, _) = folder.Reference(net);
        model.Prediction(new MLDictionaryFeatureProvider { [net.Input] = net.Value(input) });
    }

    private static IReadOnlyList<IMLFeatureProvider> Predict(
        MLModel model, IMLFeatureProvider sample, MLArrayBatchProvider samples) =>
        samples.Count == 1 ? [model.Prediction(sample)] : ((MLArrayBatchProvider)model.Predictions(samples)).Array;

    private static JsonObject Line(BenchmarkNet net, int batch, int threads, Timings times, double difference)
    {
        JsonObject line = ResultLine.Begin("infer");
        line["net"] = net.FileName;
        line["batch"] = batch;
        line["threads"] = threads;
        line["median_ms"] = Math.Round(times.Median * 1e3, 4);
        line["p95_ms"] = Math.Round(times.Quantile(0.95) * 1e3, 4);
        line["samples_per_second"] = Math.Round(batch / times.Median, 1);
        line["runs"] = times.Runs;
        line["relative_difference"] = TwoDigits(difference);
        line["peak_rss_mb"] = ProcessFacts.PeakMegabytes();
        return line;
    }

    private static double TwoDigits(double number) =>
        double.Parse(number.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The largest difference of any output value, divided by the largest output value.</summary>
    private static double Difference(BenchmarkNet net, IMLFeatureProvider result, float[] expected)
    {
        MLFeatureValue value = result.GetFeatureValue(net.Output)!;
        double difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double got = net.TakesImages
                ? value.DictionaryValue[i.ToString(CultureInfo.InvariantCulture)]
                : value.MultiArrayValue![i];
            difference = Math.Max(difference, Math.Abs(got - expected[i]));
        }
        return difference / expected.Max(Math.Abs);
    }
}
