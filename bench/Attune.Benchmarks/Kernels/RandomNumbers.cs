using Attune.Runtime;

namespace Attune.Benchmarks.Kernels;

/// <summary>Numbers between -0.5 and 0.5, the same in every run.</summary>
internal static class RandomNumbers
{
    public static float[] Make(int count, long seed)
    {
        var random = new RandomStream(seed);
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (float)(random.NextDouble() - 0.5);
        return numbers;
    }
}
