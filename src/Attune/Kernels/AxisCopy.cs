using System.Numerics;
using System.Numerics.Tensors;

namespace Attune.Kernels;

/// <summary>
/// Moves slabs between arrays [outer × whole × inner] and [outer × part × inner]: concatenation, splitting, slicing.
/// </summary>
internal static class AxisCopy
{
    /// <summary>whole[:, start..start+part, :] = piece.</summary>
    public static void Insert<T>(
        int outer, int whole, int part, int inner, int start, ReadOnlySpan<T> piece, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(outer, whole, part, inner, start, target.Length, piece.Length);
        for (int o = 0; o < outer; o++)
            piece.Slice(o * part * inner, part * inner).CopyTo(target[((o * whole + start) * inner)..]);
    }

    /// <summary>piece = whole[:, start..start+part, :].</summary>
    public static void Extract<T>(
        int outer, int whole, int part, int inner, int start, ReadOnlySpan<T> source, Span<T> piece)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(outer, whole, part, inner, start, source.Length, piece.Length);
        for (int o = 0; o < outer; o++)
            source.Slice((o * whole + start) * inner, part * inner).CopyTo(piece[(o * part * inner)..]);
    }

    /// <summary>whole[:, start..start+part, :] += piece: the gradient of <see cref="Extract"/>.</summary>
    public static void AddInserted<T>(
        int outer, int whole, int part, int inner, int start, ReadOnlySpan<T> piece, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(outer, whole, part, inner, start, target.Length, piece.Length);
        for (int o = 0; o < outer; o++)
        {
            Span<T> slab = target.Slice((o * whole + start) * inner, part * inner);
            TensorPrimitives.Add(slab, piece.Slice(o * part * inner, part * inner), slab);
        }
    }

    /// <summary>piece += whole[:, start..start+part, :]: the gradient of <see cref="Insert"/>.</summary>
    public static void AddExtracted<T>(
        int outer, int whole, int part, int inner, int start, ReadOnlySpan<T> source, Span<T> piece)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(outer, whole, part, inner, start, source.Length, piece.Length);
        for (int o = 0; o < outer; o++)
        {
            Span<T> slab = piece.Slice(o * part * inner, part * inner);
            TensorPrimitives.Add(slab, source.Slice((o * whole + start) * inner, part * inner), slab);
        }
    }

    private static void RequireSizes(
        int outer, int whole, int part, int inner, int start, int wholeLength, int partLength)
    {
        Require.Size(outer);
        Require.Size(inner);
        if (part < 0 || start < 0 || (long)start + part > whole)
            throw new ArgumentException($"A part of {part} from {start} does not lie within an axis of {whole}.");
        Require.Length(wholeLength, (long)outer * whole * inner);
        Require.Length(partLength, (long)outer * part * inner);
    }
}
