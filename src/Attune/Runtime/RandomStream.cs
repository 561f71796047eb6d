using System.Numerics;

namespace Attune.Runtime;

/// <summary>
/// A reproducible stream of random numbers: xoshiro256**, its state filled from the seed by SplitMix64. Every method
/// is specified, with values, in docs/random.md: the same seed gives the same numbers on every machine. Not
/// thread-safe; not for secrets.
/// </summary>
internal sealed class RandomStream
{
    private ulong s0, s1, s2, s3;

    public RandomStream(long seed)
    {
        ulong filler = unchecked((ulong)seed);
        s0 = SplitMix(ref filler);
        s1 = SplitMix(ref filler);
        s2 = SplitMix(ref filler);
        s3 = SplitMix(ref filler);
    }

    /// <summary>The place in the stream, to be kept and returned to.</summary>
    public RandomState State
    {
        get => new(s0, s1, s2, s3);
        set
        {
            if ((value.S0 | value.S1 | value.S2 | value.S3) == 0)
                throw new ArgumentException(
                    "A random stream takes a state with a bit set; got four zeros. Use a state read from a stream.",
                    nameof(value));
            (s0, s1, s2, s3) = (value.S0, value.S1, value.S2, value.S3);
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A whole number from 0 to <paramref name="n"/> - 1, each exactly as likely as the others.</summary>
    public int Below(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ulong range = (ulong)n;
        ulong high = Math.BigMul(Next(), range, out ulong low);
        if (low >= range)
            return (int)high;
        // 2^64 is no multiple of n: of each outcome's share, the products below this many are one too many.
        ulong surplus = (0UL - range) % range;
        while (low < surplus)
            high = Math.BigMul(Next(), range, out low);
        return (int)high;
    }

    /// <summary>A multiple of 2^-53 from 0 (inclusive) to 1 (exclusive).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// A number from the normal distribution of mean 0 and variance 1 (Box and Muller's cosine form).
    /// </summary>
    public double NextGaussian()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Puts the items in an order of which all are equally likely (Fisher and Yates, from the end).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>A place in a <see cref="RandomStream"/>: the four words of its state.</summary>
internal readonly record struct RandomState(ulong S0, ulong S1, ulong S2, ulong S3);
