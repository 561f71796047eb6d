namespace Attune.Codecs;

/// <summary>The compressed pixels of a PNG file: the data of all chunks 'IDAT' that follow one another.</summary>
internal sealed class PngPixelStream(PngChunks chunks) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>Whether the file itself failed while it was read: its exceptions are not those of the
    /// decompression.</summary>
    public bool HasFailed { get; private set; }

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        HasFailed = true;
        while (chunks is { Type: PngFile.Idat, Left: 0 })
        {
            chunks.Finish();
            chunks.MoveNext();
        }
        int count = chunks.Type == PngFile.Idat ? chunks.Read(buffer) : 0;
        HasFailed = false;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Passes over what the image did not need, to the first chunk that holds no pixels.</summary>
    public void Finish()
    {
        while (chunks.Type == PngFile.Idat)
        {
            chunks.Finish();
            chunks.MoveNext();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
