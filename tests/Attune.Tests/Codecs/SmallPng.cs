namespace Attune.Tests.Codecs;

/// <summary>Small PNG files of all colour types, each with rows of all filters.</summary>
internal static class SmallPng
{
    public static byte[][] Files()
    {
        var random = new Random(7);
        byte[] noise = new byte[9 * 8];
        random.NextBytes(noise);
        for (int i = 0; i < noise.Length; i += 9)
            noise[i] = (byte)(i / 9 % 5);
        return
        [
            TestPng.Of(TestPng.Header(8, 8, 8, 0), TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(8, 8, 8, 0), ("tRNS", [0, 9]), TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(16, 8, 4, 3), ("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [9]),
                TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(2, 8, 16, 4), TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(2, 8, 8, 6), TestPng.Pixels(noise), TestPng.End),
            TestPng.Of(TestPng.Header(5, 5, 1, 0, interlace: 1), TestPng.Pixels(new byte[40]), TestPng.End),
            TestImages.Encode(TestImages.Of(6, 4, 3, noise)),
        ];
    }
}
