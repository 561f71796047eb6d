namespace Attune.Format;

/// <summary>Gathers the values of one <c>WeightParams</c>, which a file may write in several runs.</summary>
internal sealed class WeightBuilder(WeightKind kind)
{
    private float[] floats = [];
    private int count;
    private byte[] bytes = [];

    public long ByteCount => kind == WeightKind.Float32 ? count * 4L : bytes.Length;

    /// <summary>Adds a run. The first is not copied.</summary>
    public void Append(float[] run)
    {
        if (count == 0)
        {
            floats = run;
            count = run.Length;
            return;
        }
        Grow(run.Length);
        run.CopyTo(floats, count);
        count += run.Length;
    }

    public void Append(float value)
    {
        Grow(1);
        floats[count++] = value;
    }

    public void Set(byte[] all) => bytes = all;

    public WeightBlob Build() =>
        kind == WeightKind.Float32 ? WeightBlob.Of(floats.AsMemory(0, count)) : WeightBlob.Of(kind, bytes);

    private void Grow(int by)
    {
        int needed = checked(count + by);
        if (needed > floats.Length)
            Array.Resize(ref floats, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * floats.Length)));
    }
}
