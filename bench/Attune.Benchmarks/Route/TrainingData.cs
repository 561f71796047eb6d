using System.Globalization;
using Attune.Runtime;

namespace Attune.Benchmarks.Route;

/// <summary>
/// Samples of ten classes: a sparse random pattern for each class, as pen strokes are, plus noise; the same for every
/// run.
/// </summary>
internal static class TrainingData
{
    private const int Classes = 10;
    private const int Seed = 20240607;

    public static MLArrayBatchProvider Make(BenchmarkNet net, int count)
    {
        var random = new RandomStream(Seed);
        bool[] strokes = [.. Enumerable.Range(0, Classes * net.SampleSize).Select(_ => random.NextDouble() > 0.8)];
        return new MLArrayBatchProvider(
            Enumerable.Range(0, count).Select(_ => Sample(net, random, strokes)).ToArray());
    }

    private static MLDictionaryFeatureProvider Sample(BenchmarkNet net, RandomStream random, bool[] strokes)
    {
        int label = random.Below(Classes);
        float range = net.TakesImages ? 255 : 1;
        var numbers = new float[net.SampleSize];
        for (int i = 0; i < numbers.Length; i++)
        {
            float noise = random.NextDouble() > 0.9 ? 0.3f : 0;
            numbers[i] = range * (strokes[label * numbers.Length + i] ? 0.7f + noise : noise);
        }
        return new MLDictionaryFeatureProvider { [net.Input] = net.Value(numbers), [net.Target!] = Target(net, label) };
    }

    private static MLFeatureValue Target(BenchmarkNet net, int label)
    {
        if (net.TakesImages)
            return MLFeatureValue.FromString(label.ToString(CultureInfo.InvariantCulture));
        return MLFeatureValue.FromMultiArray(new MLMultiArray(new[] { label }.AsMemory(), 1));
    }
}
