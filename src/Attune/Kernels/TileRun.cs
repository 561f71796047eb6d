using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attune.Kernels;

/// <summary>
/// Neighbouring 2×2 tiles of one row of tiles, and the two rows of outputs that they cover: <see cref="Outputs"/>
/// values from <see cref="Target"/> on in the first, and as many in the second if it exists.
/// </summary>
internal unsafe struct TileRun
{
    private int first;
    private int target;
    private int outputs;
    private bool hasSecondRow;

    /// <summary>Where the outputs begin in their plane.</summary>
    public readonly int Target => target;

    /// <summary>Outputs per row.</summary>
    public readonly int Outputs => outputs;

    /// <summary>
    /// The runs of the tiles from <paramref name="position"/> on, numbered with a pitch. Returns how many there are: at
    /// most
    /// <paramref name="count"/>, for which the caller has room.
    /// </summary>
    public static int Write(int position, int count, int pitch, int width, int height, TileRun* runs)
    {
        int written = 0;
        for (int done = 0; done < count;)
        {
            int row = (position + done) / pitch;
            int column = (position + done) % pitch;
            int tiles = Math.Min(pitch - column, count - done);
            int outputs = Math.Min(2 * tiles, width - 2 * column);
            if (outputs > 0)
                runs[written++] = new TileRun
                {
                    first = done, target = 2 * row * width + 2 * column, outputs = outputs,
                    hasSecondRow = 2 * row + 1 < height,
                };
            done += tiles;
        }
        return written;
    }

    /// <summary>
    /// Lays four lists of values, one per tile each, into the rows of a plane: lists 0 and 1 are the even and odd
    /// values of the first rows, 2 and 3 of the second. The lists lie <paramref name="stride"/> apart and are readable
    /// 8 values past their end.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move(TileRun* runs, int count, float* lists, nint stride, float* plane, int width, bool add)
    {
        for (; count > 0; count--, runs++)
        {
            float* source = lists + runs->first;
            MoveRow(source, source + stride, plane + runs->target, runs->outputs, add);
            if (runs->hasSecondRow)
                MoveRow(source + 2 * stride, source + 3 * stride, plane + runs->target + width, runs->outputs, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MoveRow(float* even, float* odd, float* target, int count, bool add)
    {
        int i = 0;
        for (; Sse.IsSupported && i <= count - 4; i += 4)
        {
            // two values of each list
            Vector128<float> a = Vector128.CreateScalarUnsafe(*(double*)(even + i / 2)).AsSingle();
            Vector128<float> b = Vector128.CreateScalarUnsafe(*(double*)(odd + i / 2)).AsSingle();
            Vector128<float> values = Sse.UnpackLow(a, b);
            Vector128.Store(add ? Vector128.Load(target + i) + values : values, target + i);
        }
        for (; i < count; i++)
        {
            float value = (i & 1) == 0 ? even[i / 2] : odd[i / 2];
            target[i] = add ? target[i] + value : value;
        }
    }
}
