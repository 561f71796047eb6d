using Attune.Runtime;

namespace Attune.Tests.Runtime;

/// <summary>
/// The values were computed by a second implementation, from docs/random.md, in Python:
/// <code>
/// M = (1 &lt;&lt; 64) - 1
/// def rotl(x, k): return ((x &lt;&lt; k) | (x >> (64 - k))) &amp; M
/// class R:
///     def __init__(self, seed):
///         x, self.s = seed &amp; M, []
///         for _ in range(4):
///             x = (x + 0x9E3779B97F4A7C15) &amp; M
///             z = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) &amp; M
///             z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) &amp; M
///             self.s.append(z ^ (z >> 31))
///     def next(self):
///         s = self.s; r = (rotl((s[1] * 5) &amp; M, 7) * 9) &amp; M; t = (s[1] &lt;&lt; 17) &amp; M
///         s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45)
///         return r
///     def below(self, n):
///         while True:
///             p = self.next() * n
///             if (p &amp; M) >= (1 &lt;&lt; 64) % n: return p >> 64
///     def double(self): return (self.next() >> 11) * 2.0**-53
/// </code>
/// </summary>
public class RandomStreamTests
{
    [Theory]
    [InlineData(0, 0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0)]
    [InlineData(1, 0xb3f2af6d0fc710c5, 0x853b559647364cea, 0x92f89756082a4514)]
    [InlineData(-1, 0x8f5520d52a7ead08, 0xc476a018caa1802d, 0x81de31c0d260469e)]
    [InlineData(42, 0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1)]
    public void Bits_follow_from_the_seed(long seed, ulong first, ulong second, ulong third)
    {
        var stream = new RandomStream(seed);

        Assert.Equal([first, second, third], [stream.Next(), stream.Next(), stream.Next()]);
    }

    [Fact]
    public void Whole_numbers_follow_from_the_bits()
    {
        var stream = new RandomStream(42);
        int[] numbers = new int[12];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = stream.Below(10);

        Assert.Equal([0, 3, 6, 9, 9, 7, 7, 8, 7, 5, 6, 2], numbers);

        stream = new RandomStream(7);
        Assert.Equal(
            [1504476538, 598613706, 1803086243],
            [stream.Below(int.MaxValue), stream.Below(int.MaxValue), stream.Below(int.MaxValue)]);
    }

    [Fact]
    public void Fractions_follow_from_the_bits()
    {
        var stream = new RandomStream(42);

        Assert.Equal(
            [0.08386297105988216, 0.3789802506626686, 0.6800434110281394],
            [stream.NextDouble(), stream.NextDouble(), stream.NextDouble()]);
    }

    [Fact]
    public void Normal_numbers_follow_from_the_fractions()
    {
        var stream = new RandomStream(42);

        // sqrt(-2·log(1 - u))·cos(2πv); logarithm and cosine may differ in the last place between systems
        Assert.Equal(-0.303263064678738, stream.NextGaussian(), 1e-14);
        Assert.Equal(1.3438117634372806, stream.NextGaussian(), 1e-14);
        Assert.Equal(0.3834617912676943, stream.NextGaussian(), 1e-14);
    }

    [Fact]
    public void Shuffling_swaps_from_the_end()
    {
        int[] items = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

        // for i in 9..1: j = below(i + 1); swap items i and j
        new RandomStream(42).Shuffle(items);

        Assert.Equal([9, 1, 4, 2, 8, 7, 6, 5, 3, 0], items);
    }

    [Fact]
    public void A_saved_state_repeats_the_stream()
    {
        var stream = new RandomStream(5);
        _ = stream.Next();
        RandomState state = stream.State;
        ulong[] once = [stream.Next(), stream.Next()];

        stream.State = state;

        Assert.Equal(once[0], stream.Next());
        Assert.Equal(once[1], stream.Next());
        Assert.Throws<ArgumentException>(() => stream.State = default);
    }

    [Fact]
    public void Small_ranges_are_even()
    {
        var stream = new RandomStream(3);
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++)
            counts[stream.Below(6)]++;

        // 10,000 each, standard deviation sqrt(60000·1/6·5/6) = 91: five of them
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 456, 10_000 + 456));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Below(0));
    }
}
