using System.Numerics;

namespace Attune.Codecs;

/// <summary>The bits of a pixel that hold one channel, spread over 0 to 255 and rounded to the nearest.</summary>
internal readonly struct BmpMask(uint mask)
{
    private readonly int shift = mask == 0 ? 0 : BitOperations.TrailingZeroCount(mask);
    private readonly ulong most = mask == 0 ? 0 : mask >> BitOperations.TrailingZeroCount(mask);

    public bool IsEmpty => mask == 0;

    public byte Of(uint pixel) => most switch
    {
        0 => 0,
        255 => (byte)(pixel >> shift),
        _ => (byte)((((pixel & mask) >> shift) * 255ul + most / 2) / most),
    };
}
