namespace Attune.Codecs;

/// <summary>
/// The pixels of a GIF picture, decompressed: each code stands for a run that was seen before and one pixel more. Codes
/// grow from few bits to 12 as there are more of them.
/// </summary>
internal sealed class GifLzw
{
    private const int MostCodes = 4096;

    private readonly ByteSource source;
    private readonly int firstBits;
    private readonly int clear;

    // A code's run is its prefix's run and its last pixel.
    private readonly ushort[] prefixes = new ushort[MostCodes];
    private readonly byte[] lasts = new byte[MostCodes];

    // The run of the present code, from its end; Read takes it from there.
    private readonly byte[] run = new byte[MostCodes + 1];
    private int runLeft;

    private int codeBits;
    private int nextCode;
    private int before = -1;
    private int bits;
    private int bitCount;
    private int blockLeft;
    private bool hasEnded;

    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    public GifLzw(ByteSource source)
    {
        this.source = source;
        firstBits = source.ReadByte();
        if (firstBits is < 1 or > 8)
            throw new ImageFormatException($"GIF pixels have 1 to 8 bits; this file says {firstBits}. It is damaged.");
        clear = 1 << firstBits;
        for (int i = 0; i < clear; i++)
            lasts[i] = (byte)i;
        Clear();
    }

    /// <summary>Fills a row as far as there are pixels.</summary>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    public int Read(Span<byte> row)
    {
        int done = 0;
        while (done < row.Length && (runLeft > 0 || NextRun()))
        {
            int count = Math.Min(runLeft, row.Length - done);
            for (int i = 0; i < count; i++)
                row[done++] = run[--runLeft];
        }
        return done;
    }

    private void Clear()
    {
        codeBits = firstBits + 1;
        nextCode = clear + 2;
        before = -1;
    }

    private bool NextRun()
    {
        while (!hasEnded)
        {
            int code = NextCode();
            if (code == clear)
            {
                Clear();
                continue;
            }
            if (code < 0 || code == clear + 1)
                break;
            Take(code);
            return true;
        }
        hasEnded = true;
        return false;
    }

    private void Take(int code)
    {
        // A code that is only now being made is the run before with its own first pixel behind it.
        bool isNew = code == nextCode && before >= 0 && nextCode < MostCodes;
        if (code > nextCode || (code >= nextCode && !isNew) || (before < 0 && code >= clear))
            throw new ImageFormatException($"The GIF file's pixels name the code {code}, which is not there yet.");
        runLeft = isNew ? 1 : 0;
        int known = isNew ? before : code;
        for (; known > clear; known = prefixes[known])
            run[runLeft++] = lasts[known];
        byte first = run[runLeft++] = lasts[known];
        if (isNew)
            run[0] = first;
        if (before >= 0 && nextCode < MostCodes)
        {
            prefixes[nextCode] = (ushort)before;
            lasts[nextCode] = first;
            nextCode++;
            if (nextCode == 1 << codeBits && codeBits < 12)
                codeBits++;
        }
        before = code;
    }

    /// <summary>The next code, lowest bit first; -1 where the picture's blocks end.</summary>
    private int NextCode()
    {
        for (; bitCount < codeBits; bitCount += 8)
        {
            if (blockLeft == 0 && (blockLeft = source.ReadByte()) == 0)
                return -1;
            blockLeft--;
            bits |= source.ReadByte() << bitCount;
        }
        int code = bits & ((1 << codeBits) - 1);
        bits >>= codeBits;
        bitCount -= codeBits;
        return code;
    }
}
