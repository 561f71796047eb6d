using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attune.Codecs;

/// <summary>
/// From the coefficients of a block to its 8×8 samples: the inverse cosine transform in whole numbers by Loeffler,
/// Ligtenberg and Moschytz (ICASSP 1989), with 13 bits after the point, first down the columns and then along the rows.
/// It rounds where libjpeg's accurate transform ("islow") does, so that the samples are the same.
/// </summary>
internal static class JpegInverseDct
{
    private const int PointBits = 13;

    // Bits that are kept between the two passes.
    private const int ExtraBits = 2;

    /// <summary>A block of which only the mean is known.</summary>
    public static void Fill(int mean, ReadOnlySpan<ushort> table, Span<byte> samples, int samplesPerRow)
    {
        int value = ((mean * table[0] << ExtraBits) + 16) >> (ExtraBits + 3);
        ulong eight = (ulong)Math.Clamp(value + 128, 0, 255) * 0x0101010101010101;
        for (int y = 0; y < 8; y++)
            MemoryMarshal.Write(samples[(y * samplesPerRow)..], eight);
    }

    /// <param name="coefficients">64 coefficients, row by row, as they stand in the file.</param>
    /// <param name="table">What each is multiplied by.</param>
    /// <param name="samples">Where the first row goes.</param>
    /// <param name="samplesPerRow">From there to the next.</param>
    public static void Transform(
        ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> table, Span<byte> samples, int samplesPerRow)
    {
        // Eight rows of eight lanes, one for each column.
        Eight rows = new()
        {
            A = Row(coefficients, table, 0), B = Row(coefficients, table, 1), C = Row(coefficients, table, 2),
            D = Row(coefficients, table, 3), E = Row(coefficients, table, 4), F = Row(coefficients, table, 5),
            G = Row(coefficients, table, 6), H = Row(coefficients, table, 7),
        };
        rows.Pass(PointBits - ExtraBits);
        rows.Transpose();
        rows.Pass(PointBits + ExtraBits + 3);
        rows.Transpose();
        Store(rows.A, rows.B, rows.C, rows.D, samples, samplesPerRow);
        Store(rows.E, rows.F, rows.G, rows.H, samples[(4 * samplesPerRow)..], samplesPerRow);
    }

    private static Vector256<int> Row(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> table, int row)
    {
        Vector128<short> values = Vector128.Create(coefficients.Slice(row * 8, 8));
        Vector128<ushort> factors = Vector128.Create(table.Slice(row * 8, 8));
        return Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values))
            * Vector256.Create(Vector128.WidenLower(factors), Vector128.WidenUpper(factors)).AsInt32();
    }

    /// <summary>Four rows, saturated to -128 to 127 and moved up by 128.</summary>
    private static void Store(
        Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d, Span<byte> samples, int samplesPerRow)
    {
        Vector256<ulong> bytes = (Vector256.NarrowWithSaturation(
            Vector256.NarrowWithSaturation(a, b), Vector256.NarrowWithSaturation(c, d)).AsByte()
            ^ Vector256.Create((byte)0x80)).AsUInt64();
        MemoryMarshal.Write(samples, bytes[0]);
        MemoryMarshal.Write(samples[samplesPerRow..], bytes[1]);
        MemoryMarshal.Write(samples[(2 * samplesPerRow)..], bytes[2]);
        MemoryMarshal.Write(samples[(3 * samplesPerRow)..], bytes[3]);
    }

    private ref struct Eight
    {
        public Vector256<int> A, B, C, D, E, F, G, H;

        /// <summary>Eight transforms of eight numbers at once; the results lose <paramref name="shift"/>
        /// bits.</summary>
        public void Pass(int shift)
        {
            // Even numbers.
            Vector256<int> z1 = (C + G) * 4433; // 0.541196100
            Vector256<int> two = z1 - G * 15137; // 1.847759065
            Vector256<int> three = z1 + C * 6270; // 0.765366865
            Vector256<int> round = Vector256.Create(1 << (shift - 1));
            Vector256<int> zero = ((A + E) << PointBits) + round, one = ((A - E) << PointBits) + round;
            Vector256<int> even0 = zero + three, even3 = zero - three, even1 = one + two, even2 = one - two;

            // Odd numbers.
            Vector256<int> z3 = H + D, z4 = F + B;
            Vector256<int> z5 = (z3 + z4) * 9633; // 1.175875602
            z3 = z5 - z3 * 16069; // 1.961570560
            z4 = z5 - z4 * 3196; // 0.390180644
            Vector256<int> far = (H + B) * 7373, near = (F + D) * 20995; // 0.899976223, 2.562915447
            Vector256<int> odd0 = H * 2446 - far + z3; // 0.298631336
            Vector256<int> odd1 = F * 16819 - near + z4; // 2.053119869
            Vector256<int> odd2 = D * 25172 - near + z3; // 3.072711026
            Vector256<int> odd3 = B * 12299 - far + z4; // 1.501321110

            A = (even0 + odd3) >> shift;
            H = (even0 - odd3) >> shift;
            B = (even1 + odd2) >> shift;
            G = (even1 - odd2) >> shift;
            C = (even2 + odd1) >> shift;
            F = (even2 - odd1) >> shift;
            D = (even3 + odd0) >> shift;
            E = (even3 - odd0) >> shift;
        }

        public void Transpose()
        {
            if (!Avx2.IsSupported)
            {
                TransposePlain();
                return;
            }
            Vector256<long> ab0 = Avx2.UnpackLow(A, B).AsInt64(), ab1 = Avx2.UnpackHigh(A, B).AsInt64();
            Vector256<long> cd0 = Avx2.UnpackLow(C, D).AsInt64(), cd1 = Avx2.UnpackHigh(C, D).AsInt64();
            Vector256<long> ef0 = Avx2.UnpackLow(E, F).AsInt64(), ef1 = Avx2.UnpackHigh(E, F).AsInt64();
            Vector256<long> gh0 = Avx2.UnpackLow(G, H).AsInt64(), gh1 = Avx2.UnpackHigh(G, H).AsInt64();
            (A, E) = Join(Avx2.UnpackLow(ab0, cd0), Avx2.UnpackLow(ef0, gh0));
            (B, F) = Join(Avx2.UnpackHigh(ab0, cd0), Avx2.UnpackHigh(ef0, gh0));
            (C, G) = Join(Avx2.UnpackLow(ab1, cd1), Avx2.UnpackLow(ef1, gh1));
            (D, H) = Join(Avx2.UnpackHigh(ab1, cd1), Avx2.UnpackHigh(ef1, gh1));
        }

        private static (Vector256<int> Low, Vector256<int> High) Join(Vector256<long> upper, Vector256<long> lower) =>
            (Vector256.Create(upper.GetLower(), lower.GetLower()).AsInt32(),
                Vector256.Create(upper.GetUpper(), lower.GetUpper()).AsInt32());

        private void TransposePlain()
        {
            Span<int> numbers = stackalloc int[64];
            Span<int> turned = stackalloc int[64];
            A.CopyTo(numbers);
            B.CopyTo(numbers[8..]);
            C.CopyTo(numbers[16..]);
            D.CopyTo(numbers[24..]);
            E.CopyTo(numbers[32..]);
            F.CopyTo(numbers[40..]);
            G.CopyTo(numbers[48..]);
            H.CopyTo(numbers[56..]);
            for (int i = 0; i < 64; i++)
                turned[(i & 7) * 8 + i / 8] = numbers[i];
            A = Vector256.Create<int>(turned);
            B = Vector256.Create<int>(turned[8..]);
            C = Vector256.Create<int>(turned[16..]);
            D = Vector256.Create<int>(turned[24..]);
            E = Vector256.Create<int>(turned[32..]);
            F = Vector256.Create<int>(turned[40..]);
            G = Vector256.Create<int>(turned[48..]);
            H = Vector256.Create<int>(turned[56..]);
        }
    }
}
