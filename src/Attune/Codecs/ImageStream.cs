namespace Attune.Codecs;

/// <summary>
/// An image file as decoders see it: from its first byte, forward, no longer than is allowed, and cancellable at every
/// read. The first bytes can be looked at beforehand.
/// </summary>
internal sealed class ImageStream : Stream
{
    /// <summary>Bytes that are looked at to know a format.</summary>
    public const int StartLength = 64;

    private readonly Stream inner;
    private readonly long most;
    private readonly CancellationToken cancellationToken;
    private readonly byte[] start = new byte[StartLength];
    private readonly int startCount;
    private long position;

    /// <exception cref="ImageFormatException">The stream is known to be longer than is allowed.</exception>
    public ImageStream(Stream inner, ImageLimits limits, CancellationToken cancellationToken)
    {
        this.inner = inner;
        this.cancellationToken = cancellationToken;
        most = limits.MaxFileBytes;
        cancellationToken.ThrowIfCancellationRequested();
        KnownLength = inner.CanSeek ? Math.Max(0, inner.Length - inner.Position) : null;
        if (KnownLength > most)
            throw TooLong();
        startCount = inner.ReadAtLeast(start, StartLength, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes of the file: 64, or all.</summary>
    public ReadOnlySpan<byte> Start => start.AsSpan(0, startCount);

    /// <summary>Bytes of the whole file, where they can be told without reading it.</summary>
    public long? KnownLength { get; }

    /// <summary>Bytes not yet read, where they can be told.</summary>
    public long? Remaining => KnownLength - position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count;
        if (position < startCount)
        {
            count = Math.Min(buffer.Length, startCount - (int)position);
            start.AsSpan((int)position, count).CopyTo(buffer);
        }
        else
        {
            count = inner.Read(buffer);
        }
        position += count;
        return position > most ? throw TooLong() : count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private ImageFormatException TooLong() =>
        new($"Image files of up to {most} bytes are read; this one has more. Raise the limits to read it.");
}
