using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attune.Kernels;

/// <summary>
/// Transcendental functions on vectors of floats, good to about two units in the last place. Each lane is computed by
/// itself and alike, so a value does not depend on where in an array it stands.
/// </summary>
internal static class VectorMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Vector.Exp(-x));

    /// <summary>
    /// Near 0 the odd polynomial that Cephes' tanhf uses, since 1 - 2/(e^2x + 1) would lose all digits there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x)
    {
        Vector<float> magnitude = Vector.Abs(x);
        Vector<float> z = x * x;
        Vector<float> p = new Vector<float>(-5.70498872745e-3f) * z + new Vector<float>(2.06390887954e-2f);
        p = p * z + new Vector<float>(-5.37397155531e-2f);
        p = p * z + new Vector<float>(1.33314422036e-1f);
        p = p * z + new Vector<float>(-3.33332819422e-1f);
        Vector<float> small = x + x * z * p;
        Vector<float> power = Vector.Exp(magnitude + magnitude);
        Vector<float> large = Vector<float>.One - new Vector<float>(2f) / (power + Vector<float>.One);
        return Vector.ConditionalSelect(
            Vector.LessThan(magnitude, new Vector<float>(0.625f)), small, Vector.CopySign(large, x));
    }

    /// <summary>e^x - 1 by Kahan's correction: the rounding error of u = e^x cancels in (u - 1)·x / log u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ExpMinus1(Vector<float> x)
    {
        Vector<float> u = Vector.Exp(x);
        Vector<float> difference = u - Vector<float>.One;
        Vector<float> corrected = difference * x / Vector.Log(u);
        // Far below 0 the difference is -1 (and the logarithm of 0 infinite); at 0 it is x itself.
        Vector<float> far = Vector.ConditionalSelect(
            Vector.LessThan(x, new Vector<float>(-15f)), difference, corrected);
        return Vector.ConditionalSelect(Vector.Equals(u, Vector<float>.One), x, far);
    }

    /// <summary>
    /// log(1 + e^x) = max(x, 0) + log(1 + e), e = e^-|x|, the logarithm corrected likewise: e·log u / (u - 1).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x)
    {
        Vector<float> e = Vector.Exp(-Vector.Abs(x));
        Vector<float> u = Vector<float>.One + e;
        Vector<float> corrected = e * Vector.Log(u) / (u - Vector<float>.One);
        Vector<float> logarithm = Vector.ConditionalSelect(Vector.Equals(u, Vector<float>.One), e, corrected);
        return Vector.Max(x, Vector<float>.Zero) + logarithm;
    }
}
