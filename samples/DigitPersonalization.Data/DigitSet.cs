namespace DigitPersonalization.Data;

/// <summary>Digits and their labels, 0 to 9. Images are 28 by 28 bytes, white ink on black, row by row.</summary>
internal sealed class DigitSet(byte[] pixels, byte[] labels)
{
    public const int Side = 28;
    private const int ImageSize = Side * Side;

    public byte[] Pixels { get; } = pixels;

    public byte[] Labels { get; } = labels;

    public int Count => Labels.Length;

    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * ImageSize, ImageSize);

    /// <summary>Reads <c>{prefix}-images-idx3-ubyte</c> and <c>{prefix}-labels-idx1-ubyte</c>, packed or not.</summary>
    public static DigitSet Read(string prefix)
    {
        var (imageDimensions, pixels) = IdxFile.Read(prefix + "-images-idx3-ubyte");
        var (labelDimensions, labels) = IdxFile.Read(prefix + "-labels-idx1-ubyte");

        if (imageDimensions is not [int images, Side, Side] || labelDimensions is not [int digits] || images != digits)
            throw new InvalidDataException($"'{prefix}' takes as many labels as images of 28 by 28; got images "
                + $"[{string.Join(", ", imageDimensions)}] and labels [{string.Join(", ", labelDimensions)}].");
        if (labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)9) is >= 0 and int odd)
            throw new InvalidDataException($"'{prefix}' takes labels 0 to 9; got {labels[odd]} for digit {odd}.");
        return new DigitSet(pixels, labels);
    }

    /// <summary>Writes the two files that <see cref="Read"/> reads, packed with gzip.</summary>
    public void Write(string prefix)
    {
        IdxFile.WriteGzip(prefix + "-images-idx3-ubyte.gz", [Count, Side, Side], Pixels);
        IdxFile.WriteGzip(prefix + "-labels-idx1-ubyte.gz", [Count], Labels);
    }

    /// <summary>The first <paramref name="count"/> digits of each label, and all others; both in order.</summary>
    public (DigitSet Taken, DigitSet Others) TakeOfEachLabel(int count)
    {
        var taken = new List<int>();
        var rest = new List<int>();
        var seen = new int[10];
        for (int i = 0; i < Count; i++)
            (seen[Labels[i]]++ < count ? taken : rest).Add(i);
        return (Select(taken), Select(rest));
    }

    /// <summary>The first <paramref name="count"/> digits.</summary>
    public DigitSet First(int count) => new(Pixels[..(count * ImageSize)], Labels[..count]);

    /// <summary>The same digits, turned counter-clockwise.</summary>
    public DigitSet Turned(double degrees)
    {
        var turned = new byte[Pixels.Length];
        for (int i = 0; i < Count; i++)
            Rotation.Turn(Image(i), turned.AsSpan(i * ImageSize, ImageSize), Side, degrees);
        return new DigitSet(turned, Labels);
    }

    private DigitSet Select(List<int> indices)
    {
        var pixels = new byte[indices.Count * ImageSize];
        for (int i = 0; i < indices.Count; i++)
            Image(indices[i]).CopyTo(pixels.AsSpan(i * ImageSize));
        return new DigitSet(pixels, [.. indices.Select(i => Labels[i])]);
    }
}
