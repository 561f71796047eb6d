namespace Attune.Format;

/// <summary>Bytes that are kept as they came, growing as they come, never ahead of them.</summary>
internal sealed class LiteralBuffer
{
    private byte[] bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> more)
    {
        int needed = checked(Length + more.Length);
        if (needed > bytes.Length)
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * bytes.Length)));
        more.CopyTo(bytes.AsSpan(Length));
        Length = needed;
    }

    /// <summary>The bytes; the buffer is not used afterwards.</summary>
    public ReadOnlyMemory<byte> ToMemory() => bytes.AsMemory(0, Length);
}
