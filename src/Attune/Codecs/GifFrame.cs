namespace Attune.Codecs;

/// <summary>One picture of a GIF file: its place on the screen.</summary>
internal sealed record GifFrame(int X, int Y, int Width, int Height, int Flags)
{
    // The rows of an interlaced picture: from which one on, and how far apart.
    private static readonly (int First, int Step)[] Interlaced = [(0, 8), (4, 8), (2, 4), (1, 2)];
    private static readonly (int First, int Step)[] Plain = [(0, 1)];

    // A code of 12 bits stands for no more pixels.
    private const int MostPerCode = 4096;

    public static GifFrame Read(ByteSource source) => new(
        source.ReadUInt16LittleEndian(), source.ReadUInt16LittleEndian(), source.ReadUInt16LittleEndian(),
        source.ReadUInt16LittleEndian(), source.ReadByte());

    /// <summary>The screen with the picture on it; a picture that is larger makes it larger.</summary>
    public MLPixelBuffer Decode(
        ByteSource source, int screenWidth, int screenHeight, byte[] colours, int transparent, ImageLimits limits,
        CancellationToken cancellationToken)
    {
        limits.Check(Width, Height, "GIF");
        int width = Math.Max(screenWidth, X + Width), height = Math.Max(screenHeight, Y + Height);
        limits.Check(width, height, "GIF");
        bool hasAlpha = transparent >= 0 || Width < width || Height < height;
        limits.CheckMemory((long)width * height * (hasAlpha ? 4 : 3), "GIF");
        if ((long)Width * Height > source.Remaining * MostPerCode)
            throw source.CutShort();

        var lzw = new GifLzw(source);
        var image = new MLPixelBuffer(width, height, hasAlpha ? MLPixelFormat.Rgba32 : MLPixelFormat.Rgb24);
        byte[] row = new byte[Width];
        foreach ((int first, int step) in (Flags & 0x40) != 0 ? Interlaced : Plain)
            for (int y = first; y < Height; y += step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = lzw.Read(row);
                Write(row.AsSpan(0, count), colours, transparent, image.GetRow(Y + y), image.BytesPerPixel);
                // A picture that ends early leaves the rest as it is.
                if (count < Width)
                    return image;
            }
        return image;
    }

    private void Write(ReadOnlySpan<byte> row, byte[] colours, int transparent, Span<byte> target, int bytes)
    {
        for (int x = 0, at = X * bytes; x < row.Length; x++, at += bytes)
        {
            if (row[x] == transparent)
                continue;
            colours.AsSpan(row[x] * 3, 3).CopyTo(target[at..]);
            if (bytes == 4)
                target[at + 3] = 255;
        }
    }
}
