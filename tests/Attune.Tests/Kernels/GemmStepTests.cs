using System.Runtime.InteropServices;
using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Tests.Kernels;

/// <summary>
/// A product that steps parameters on its way out gives the bits of the product and the step one after the other.
/// </summary>
public class GemmStepTests
{
    public static TheoryData<string, int, int, int> Cases()
    {
        var cases = new TheoryData<string, int, int, int>();
        foreach (StepKind kind in new[] { StepKind.Descend, StepKind.Momentum, StepKind.Adam })
            // the last two take several chunks of columns, and of rows
            foreach ((int m, int n, int k) in new[]
                { (1, 16, 1), (10, 128, 32), (13, 112, 4), (128, 48, 256), (70, 1600, 32), (150, 208, 256) })
                cases.Add(kind.ToString(), m, n, k);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stepping_on_the_way_gives_the_same_bits(string kind, int m, int n, int k)
    {
        foreach (Workers workers in new[] { Workers.Single, Workers.For(2) })
            foreach (VectorWidth width in Enum.GetValues<VectorWidth>().Where(VectorWidths.IsSupported))
                Compare(width, workers, Enum.Parse<StepKind>(kind), m, n, k);
    }

    [Theory]
    [InlineData(17, 32)]
    [InlineData(16, 257)]
    public void Other_shapes_are_refused(int n, int k)
    {
        Assert.False(Gemm.CanStep(n, k));
        Assert.Throws<ArgumentException>(() => Gemm.Step(
            Workers.Single, 1, n, k, new float[k], new float[n * k], new float[n],
            new ParameterStep { Kind = StepKind.Descend }));
    }

    private static void Compare(VectorWidth width, Workers workers, StepKind kind, int m, int n, int k)
    {
        float[] a = Wave(k * m, 0.7), b = Wave(k * n, 0.3);
        float[] expected = Wave(m * n, 0.11), actual = Wave(m * n, 0.11);
        float[][] expectedMemory = [Wave(m * n, 0.05), Squares(m * n)];
        float[][] actualMemory = [Wave(m * n, 0.05), Squares(m * n)];
        var gradient = new float[m * n];

        Gemm.Multiply(width, Workers.Single, true, false, m, n, k, a, m, b, n, gradient, n, accumulate: true, default);
        Step(kind, expectedMemory).Apply(Workers.Single, gradient, expected);
        Gemm.Step(width, workers, m, n, k, a, b, actual, Step(kind, actualMemory));

        Assert.True(Bits(expected).SequenceEqual(Bits(actual)), $"{width}: parameters differ.");
        Assert.True(
            Bits(expectedMemory[0]).SequenceEqual(Bits(actualMemory[0])), $"{width}: the first memory differs.");
        Assert.True(
            Bits(expectedMemory[1]).SequenceEqual(Bits(actualMemory[1])), $"{width}: the second memory differs.");
    }

    private static ParameterStep Step(StepKind kind, float[][] memory) => new()
    {
        Kind = kind,
        Rate = 0.1f,
        Momentum = 0.9f,
        Adam = new AdamRates<float>(0.1f, 0.9f, 0.99f, 1e-3f),
        First = kind == StepKind.Descend ? [] : memory[0],
        Second = kind == StepKind.Adam ? memory[1] : [],
    };

    private static float[] Wave(int count, double step) => TestModels.Wave(count, step, 1);

    private static float[] Squares(int count) => [.. Wave(count, 0.21).Select(value => value * value)];

    private static ReadOnlySpan<byte> Bits(float[] values) => MemoryMarshal.AsBytes<float>(values);
}
