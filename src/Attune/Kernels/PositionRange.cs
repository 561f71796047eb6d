using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attune.Kernels;

/// <summary>
/// Neighbouring positions numbered with a pitch, of which those in the first columns of each row are outputs.
/// </summary>
internal readonly record struct PositionRange(int First, int End, int Pitch)
{
    /// <summary>
    /// Moves the outputs among them from <paramref name="sums"/>, one value per position, to their places in a plane of
    /// rows of <paramref name="width"/>.
    /// </summary>
    /// <param name="sums">Readable for a vector beyond the end.</param>
    /// <param name="plane">The output plane.</param>
    /// <param name="width">Outputs per row.</param>
    /// <param name="add">Add to the plane, rather than overwrite.</param>
    /// <param name="end">Positions before this one are still to be moved by this thread.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Move(float* sums, float* plane, int width, bool add, int end)
    {
        int row = First / Pitch;
        int column = First % Pitch;
        for (int position = First; position < End; position += Pitch - column, column = 0, row++)
        {
            int count = Math.Min(width - column, End - position);
            float* source = sums + (position - First);
            float* target = plane + (nint)row * width + column;
            // Outputs come one after the other in the plane, so up to 7 that a vector runs over are written right
            // after, provided that there are so many in the whole rows still to come.
            bool exact = add || ((end - 1) / Pitch - row - 1) * width < 8;
            int i = 0;
            for (; i <= count - 8 || !exact && i < count; i += 8)
            {
                Vector256<float> values = Vector256.Load(source + i);
                Vector256.Store(add ? Vector256.Load(target + i) + values : values, target + i);
            }
            for (; i < count; i++)
                target[i] = add ? target[i] + source[i] : source[i];
        }
    }
}
