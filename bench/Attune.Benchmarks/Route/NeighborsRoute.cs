using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Attune.Benchmarks.Kernels;
using Attune.Format;
using Attune.Format.Specification;
using Attune.Runtime;

namespace Attune.Benchmarks.Route;

/// <summary>
/// Predictions of a nearest-neighbours classifier with many samples, beside reading these samples from memory once with
/// as many threads: a prediction cannot be faster.
/// </summary>
internal static class NeighborsRoute
{
    public static void Run(Arguments arguments, TextWriter output)
    {
        int samples = arguments.Count("samples", 100_000);
        int dimensions = arguments.Count("dimensions", 128);
        int threads = arguments.Count("threads", 2);
        double seconds = arguments.Number("seconds") ?? 2;
        arguments.RequireAllKnown();

        float[] values = RandomNumbers.Make(samples * dimensions, seed: 1);
        MLModel model = Classifier(values, samples, dimensions, threads);
        var point = new MLDictionaryFeatureProvider
        {
            ["x"] = MLFeatureValue.FromMultiArray(
                new MLMultiArray(RandomNumbers.Make(dimensions, seed: 2), dimensions)),
        };
        var workers = Workers.For(threads);
        Timings read = Timings.Of(() => Read(workers, values), seconds);
        Timings predict = Timings.Of(() => model.Prediction(point), seconds);

        JsonObject line = ResultLine.Begin("knn");
        line["samples"] = samples;
        line["dimensions"] = dimensions;
        line["threads"] = threads;
        line["read_ms"] = Math.Round(read.Median * 1e3, 4);
        line["median_ms"] = Math.Round(predict.Median * 1e3, 4);
        line["ratio"] = Math.Round(predict.Median / read.Median, 3);
        line["runs"] = predict.Runs;
        line.Print(output);
    }

    private static MLModel Classifier(float[] values, int samples, int dimensions, int threads)
    {
        var array = new ArrayFeatureType
        {
            Shape = { dimensions },
            DataType = ArrayFeatureType.Types.ArrayDataType.Float32,
        };
        var message = new Model
        {
            SpecificationVersion = 4,
            IsUpdatable = true,
            Description = new ModelDescription { PredictedFeatureName = "label" },
            KNearestNeighborsClassifier = new KNearestNeighborsClassifier
            {
                NearestNeighborsIndex = new NearestNeighborsIndex
                {
                    NumberOfDimensions = dimensions,
                    LinearIndex = new LinearIndex(),
                    SquaredEuclideanDistance = new SquaredEuclideanDistance(),
                },
                NumberOfNeighbors = new Int64Parameter { DefaultValue = 5 },
                DefaultInt64Label = -1,
                InverseDistanceWeighting = new InverseDistanceWeighting(),
            },
        };
        message.Description.Input.Add(
            new FeatureDescription { Name = "x", Type = new FeatureType { MultiArrayType = array } });
        message.Description.Output.Add(
            new FeatureDescription { Name = "label", Type = new FeatureType { Int64Type = new Int64FeatureType() } });
        var empty = MLModel.Of(ModelDocument.Of(message), new MLModelConfiguration { MaxThreads = threads });
        return empty.NearestNeighbors!.Add(Enumerable.Range(0, samples).Select(
            i => new MLNeighborSample(i % 100, values.AsSpan(i * dimensions, dimensions))));
    }

    private static void Read(Workers workers, float[] values)
    {
        int chunks = (values.Length + Reading.Chunk - 1) / Reading.Chunk;
        var job = new Reading { Values = values, Sums = new float[chunks] };
        workers.Run(ref job, chunks);
    }

    private struct Reading : IJob
    {
        public const int Chunk = 1 << 16;
        public float[] Values;
        public float[] Sums;

        public readonly void Run(int chunk) => Sums[chunk] = TensorPrimitives.Sum<float>(
            Values.AsSpan(chunk * Chunk, Math.Min(Chunk, Values.Length - (chunk * Chunk))));
    }
}
