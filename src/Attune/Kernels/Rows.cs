using System.Numerics;
using System.Numerics.Tensors;

namespace Attune.Kernels;

/// <summary>A vector and the rows of a matrix [rows × columns]: the bias of a dense layer and its gradient.</summary>
internal static class Rows
{
    /// <summary>Adds the vector to every row.</summary>
    public static void Add<T>(Span<T> matrix, ReadOnlySpan<T> vector)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireWhole(matrix.Length, vector.Length);
        for (int start = 0; start < matrix.Length; start += vector.Length)
        {
            Span<T> row = matrix.Slice(start, vector.Length);
            TensorPrimitives.Add(row, vector, row);
        }
    }

    /// <summary>Adds all rows to the vector, the first row first.</summary>
    public static void AddSum<T>(ReadOnlySpan<T> matrix, Span<T> vector)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireWhole(matrix.Length, vector.Length);
        for (int start = 0; start < matrix.Length; start += vector.Length)
            TensorPrimitives.Add(vector, matrix.Slice(start, vector.Length), vector);
    }

    private static void RequireWhole(int matrix, int vector)
    {
        if (vector == 0 ? matrix != 0 : matrix % vector != 0)
            throw new ArgumentException(
                $"Rows of {vector} values make up a matrix of a multiple of that; got {matrix} values.");
    }
}
