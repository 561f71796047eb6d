using Attune.Update;

namespace Attune.Tests.Update;

public class SampleOrderTests
{
    [Fact]
    public void Without_shuffling_every_epoch_goes_as_the_data_comes()
    {
        var order = new SampleOrder(4, shuffle: false, shuffleFirst: true, seed: 1);

        Assert.Equal([0, 1, 2, 3], order.Begin(0).ToArray());
        Assert.Equal([0, 1, 2, 3], order.Begin(1).ToArray());
    }

    // The values of docs/random.md: xoshiro256** seeded by SplitMix64, Fisher-Yates from the end.
    //
    // M = (1 << 64) - 1
    // def splitmix(s):
    //     while True:
    //         s = (s + 0x9E3779B97F4A7C15) & M; z = s
    //         z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M; z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
    //         yield z ^ (z >> 31)
    // def rotl(x, k): return ((x << k) | (x >> (64 - k))) & M
    // def stream(seed):
    //     g = splitmix(seed & M); s = [next(g) for _ in range(4)]
    //     while True:
    //         yield (rotl((s[1] * 5) & M, 7) * 9) & M
    //         t = (s[1] << 17) & M
    //         s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45)
    // def below(r, n):
    //     while True:
    //         p = next(r) * n
    //         if (p & M) >= (1 << 64) % n: return p >> 64
    // def shuffled(r, n):
    //     a = list(range(n))
    //     for i in range(n - 1, 0, -1): j = below(r, i + 1); a[i], a[j] = a[j], a[i]
    //     return a
    // r = stream(1); print(shuffled(r, 10)); print(shuffled(r, 10))
    [Fact]
    public void Later_epochs_take_permutations_of_one_stream()
    {
        var order = new SampleOrder(10, shuffle: true, shuffleFirst: false, seed: 1);

        Assert.Equal(Enumerable.Range(0, 10), order.Begin(0).ToArray());
        Assert.Equal(new[] { 3, 6, 1, 5, 0, 9, 2, 8, 4, 7 }, order.Begin(1).ToArray());
        Assert.Equal(new[] { 1, 9, 0, 3, 2, 4, 6, 7, 8, 5 }, order.Begin(2).ToArray());
    }
}
