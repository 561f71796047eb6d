using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attune.Kernels;

/// <summary>
/// Deals the values of a row out to two or four lists in turn, and the way back. Four values of each of four lists are
/// a 4×4 matrix that is turned around in registers.
/// </summary>
internal static unsafe class RowDealing
{
    /// <summary>Values past the end of a row or a list that may be read.</summary>
    public const int Slack = 16;

    /// <summary>
    /// Lists of <paramref name="count"/> values each, <paramref name="stride"/> apart. With
    /// <paramref name="mayOverrun"/> up to three values behind a list are written too.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deal(float* row, int lists, int count, float* target, nint stride, bool mayOverrun)
    {
        int i = 0;
        int vectors = !Sse.IsSupported ? 0 : mayOverrun ? (count + 3) / 4 : count / 4;
        if (lists == 4)
            for (; i < 4 * vectors; i += 4)
                Turn(
                    row + 4 * i, 4, target + i, target + stride + i, target + 2 * stride + i, target + 3 * stride + i);
        else if (lists == 2)
            for (; i < 4 * vectors; i += 4)
            {
                Vector128<float> a = Vector128.Load(row + 2 * i), b = Vector128.Load(row + 2 * i + 4);
                Vector128.Store(Sse.Shuffle(a, b, 0b10_00_10_00), target + i);
                Vector128.Store(Sse.Shuffle(a, b, 0b11_01_11_01), target + stride + i);
            }
        for (; i < count; i++)
            for (int list = 0; list < lists; list++)
                target[list * stride + i] = row[lists * i + list];
    }

    /// <summary>
    /// A row of <paramref name="count"/> values from lists that lie <paramref name="stride"/> apart, stored or, with
    /// <paramref name="add"/>, added to what is there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(float* source, int lists, nint stride, float* row, int count, bool add)
    {
        int i = 0;
        if (Sse.IsSupported && lists == 4)
        {
            float* values = stackalloc float[16];
            for (; i < count; i += 16)
            {
                bool whole = count - i >= 16 && !add;
                float* to = whole ? row + i : values;
                Turn(source + i / 4, stride, to, to + 4, to + 8, to + 12);
                if (!whole)
                    Put(values, row + i, Math.Min(16, count - i), add);
            }
        }
        else if (Sse.IsSupported && lists == 2)
        {
            float* values = stackalloc float[4];
            for (; i < count; i += 4)
            {
                // two values of each list
                Vector128<float> a = Vector128.CreateScalarUnsafe(*(double*)(source + i / 2)).AsSingle();
                Vector128<float> b = Vector128.CreateScalarUnsafe(*(double*)(source + stride + i / 2)).AsSingle();
                Vector128.Store(Sse.UnpackLow(a, b), values);
                Put(values, row + i, Math.Min(4, count - i), add);
            }
        }
        for (; i < count; i++)
        {
            float value = source[i % lists * stride + i / lists];
            row[i] = add ? row[i] + value : value;
        }
    }

    /// <summary>Four vectors that lie a step apart become four others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(float* source, nint step, float* first, float* second, float* third, float* fourth)
    {
        Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + step);
        Vector128<float> c = Vector128.Load(source + 2 * step), d = Vector128.Load(source + 3 * step);
        Vector128<float> lowPairs = Sse.UnpackLow(a, b), lowOthers = Sse.UnpackLow(c, d);
        Vector128<float> highPairs = Sse.UnpackHigh(a, b), highOthers = Sse.UnpackHigh(c, d);
        Vector128.Store(Sse.MoveLowToHigh(lowPairs, lowOthers), first);
        Vector128.Store(Sse.MoveHighToLow(lowOthers, lowPairs), second);
        Vector128.Store(Sse.MoveLowToHigh(highPairs, highOthers), third);
        Vector128.Store(Sse.MoveHighToLow(highOthers, highPairs), fourth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* values, float* row, int count, bool add)
    {
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            Vector128<float> four = Vector128.Load(values + i);
            Vector128.Store(add ? Vector128.Load(row + i) + four : four, row + i);
        }
        for (; i < count; i++)
            row[i] = add ? row[i] + values[i] : values[i];
    }
}
