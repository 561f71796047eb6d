namespace Attune.Format;

/// <summary>
/// A part of a file that is not simply copied when the file is written. Parts lie in the bytes that were kept: all
/// bytes of the file but the weights.
/// </summary>
/// <param name="Start">Where it starts among the kept bytes.</param>
internal abstract record Part(int Start)
{
    /// <summary>Where it ends among the kept bytes.</summary>
    public abstract int End { get; }
}

/// <summary>A message that has weights or slots somewhere inside, so that its length may change.</summary>
/// <param name="Field">The number of the field that holds it.</param>
/// <param name="Start">Where its length is written; its tag stands before.</param>
/// <param name="Body">Where its content starts.</param>
/// <param name="Length">Its length in the file, weights included.</param>
internal sealed record Section(int Field, int Start, int Body, long Length) : Part(Start)
{
    private int end;

    public override int End => end;

    /// <summary>The sections, slots and pieces inside, in order.</summary>
    public List<Part> Parts { get; } = [];

    public void Close(int at) => end = at;
}

/// <summary>A message that may be written anew as a whole.</summary>
/// <param name="Field">The number of the field that holds it.</param>
/// <param name="Number">Which of such messages in the file it is, from 1.</param>
/// <param name="Start">Where its length is written; its tag stands before.</param>
/// <param name="Stop">Where it ends.</param>
internal sealed record Slot(int Field, int Number, int Start, int Stop) : Part(Start)
{
    public override int End => Stop;
}

/// <summary>What a piece of a <c>WeightParams</c> is to its values.</summary>
internal enum PieceRole
{
    /// <summary>The values, or the first of them.</summary>
    Values,

    /// <summary>More of the values: a file may write a list in several runs.</summary>
    MoreValues,

    /// <summary>How the values are quantized: falls away with them when they are replaced.</summary>
    Quantization,

    /// <summary>Our own field, which stands for values that are kept elsewhere.</summary>
    Reference,

    /// <summary>Our own field where values stand already: neither read nor written.</summary>
    Dropped,

    /// <summary>A stranger's field that has the number of ours: written back, but not read.</summary>
    Foreign,
}

/// <summary>A field of a <c>WeightParams</c>: its tag, its length and what it holds of its own.</summary>
/// <param name="Start">Where its tag stands among the kept bytes.</param>
/// <param name="Stop">Where its kept bytes end.</param>
/// <param name="Role">What it is to the values.</param>
/// <param name="Blob">The number of the values, from 1.</param>
/// <param name="Offset">The first byte of the values that follows the kept bytes.</param>
/// <param name="Count">How many bytes of the values follow the kept bytes.</param>
internal sealed record Piece(int Start, int Stop, PieceRole Role, int Blob, long Offset, int Count) : Part(Start)
{
    public override int End => Stop;
}
