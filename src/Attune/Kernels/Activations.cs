using System.Numerics;
using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Activation functions over [N × C × inner] (or any array, as one channel), and their gradients. alpha and beta hold
/// one value, or one per channel; functions that do not use them take them empty.
/// </summary>
internal static unsafe class Activations
{
    /// <summary>y = f(x) with one alpha and one beta; y may be x itself.</summary>
    public static void Forward<T>(Workers workers, ActivationKind kind, T alpha, T beta, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Forward(workers, kind, new ReadOnlySpan<T>(in alpha), new ReadOnlySpan<T>(in beta), 1, x.Length, x, y);

    /// <summary>dx += dy·f'(x) with one alpha and one beta; = if dx <paramref name="isFirst"/>.</summary>
    public static void AddInputGradient<T>(
        Workers workers, ActivationKind kind, T alpha, T beta,
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, bool isFirst = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        AddInputGradient(
            workers, kind, new ReadOnlySpan<T>(in alpha), new ReadOnlySpan<T>(in beta), 1, x.Length, x, y, dy, dx,
            isFirst);

    public static void Forward<T>(
        Workers workers, ActivationKind kind, ReadOnlySpan<T> alpha, ReadOnlySpan<T> beta, int channels, int inner,
        ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Length(y.Length, x.Length);
        // Pinned for the duration; Run checks the rest.
        fixed (T* pa = alpha, pb = beta, px = x, py = y)
            Run(
                workers, kind, Parameters(pa, alpha.Length, pb, beta.Length, channels, inner, x.Length),
                new Arrays<T>(px, py, null, null));
    }

    public static void AddInputGradient<T>(
        Workers workers, ActivationKind kind, ReadOnlySpan<T> alpha, ReadOnlySpan<T> beta, int channels, int inner,
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, bool isFirst = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Length(y.Length, x.Length);
        Require.Length(dy.Length, x.Length);
        Require.Length(dx.Length, x.Length);
        // Pinned for the duration; Run checks the rest.
        fixed (T* pa = alpha, pb = beta, px = x, py = y, pdy = dy, pdx = dx)
            Run(
                workers, kind, Parameters(pa, alpha.Length, pb, beta.Length, channels, inner, x.Length),
                new Arrays<T>(px, py, pdy, pdx, isFirst));
    }

    /// <summary>The one place that knows which function belongs to which kind.</summary>
    private static void Run<T>(
        Workers workers, ActivationKind kind, in ActivationParameters<T> parameters, in Arrays<T> arrays)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (kind)
        {
            case ActivationKind.ReLU: Run<T, Rectified>(workers, parameters, arrays); break;
            case ActivationKind.LeakyReLU: Run<T, LeakyRectified>(workers, parameters, arrays); break;
            case ActivationKind.ThresholdedReLU: Run<T, ThresholdedRectified>(workers, parameters, arrays); break;
            case ActivationKind.PReLU: Run<T, LeakyRectified>(workers, parameters, arrays); break;
            case ActivationKind.Tanh: Run<T, HyperbolicTangent>(workers, parameters, arrays); break;
            case ActivationKind.ScaledTanh: Run<T, ScaledTangent>(workers, parameters, arrays); break;
            case ActivationKind.Sigmoid: Run<T, Logistic>(workers, parameters, arrays); break;
            case ActivationKind.SigmoidHard: Run<T, HardLogistic>(workers, parameters, arrays); break;
            case ActivationKind.ELU: Run<T, ExponentialLinear>(workers, parameters, arrays); break;
            case ActivationKind.Softsign: Run<T, SoftSign>(workers, parameters, arrays); break;
            case ActivationKind.Softplus: Run<T, SoftPlus>(workers, parameters, arrays); break;
            case ActivationKind.ParametricSoftplus: Run<T, ParametricSoftPlus>(workers, parameters, arrays); break;
            case ActivationKind.Linear: Run<T, Straight>(workers, parameters, arrays); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such activation function.");
        }
    }

    private static void Run<T, TFunction>(Workers workers, in ActivationParameters<T> parameters, in Arrays<T> arrays)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFunction : struct, IActivation
    {
        var job = new Job<T, TFunction> { Parameters = parameters, Arrays = arrays };
        Chunks.Run(workers, ref job, parameters.Count);
    }

    private static ActivationParameters<T> Parameters<T>(
        T* alpha, int alphas, T* beta, int betas, int channels, int inner, int count) where T : unmanaged
    {
        bool fits = (alphas <= 1 || alphas == channels) && (betas <= 1 || betas == channels)
            && channels > 0 && inner >= 0 && (count == 0 || inner > 0 && count % ((long)channels * inner) == 0);
        if (!fits)
            throw new ArgumentException(
                $"An activation takes one parameter or one per channel, and whole samples; got {alphas} and {betas} " +
                $"for {channels} channels of {inner} values, {count} in all.");
        return new ActivationParameters<T>
        {
            Alpha = alpha, Beta = beta, AlphaPerChannel = alphas > 1, BetaPerChannel = betas > 1,
            HasAlpha = alphas > 0, HasBeta = betas > 0, Channels = channels, Inner = inner, Count = count,
        };
    }

    private readonly struct Arrays<T>(T* x, T* y, T* dy, T* dx, bool isFirst = false) where T : unmanaged
    {
        public T* X { get; } = x;

        public T* Y { get; } = y;

        public T* DY { get; } = dy;

        /// <summary>Null in the forward pass.</summary>
        public T* DX { get; } = dx;

        /// <summary>Whether DX is written over instead of added to.</summary>
        public bool IsFirst { get; } = isFirst;

        public Arrays<T> From(int index) =>
            new(X + index, Y + index, DX == null ? null : DY + index, DX == null ? null : DX + index, IsFirst);
    }

    private struct Job<T, TFunction> : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFunction : struct, IActivation
    {
        public ActivationParameters<T> Parameters;
        public Arrays<T> Arrays;

        /// <summary>Goes through a piece of the array in runs of one channel.</summary>
        public readonly void Run(int chunk)
        {
            (int first, int end) = Chunks.Range(chunk, Parameters.Count);
            while (first < end)
            {
                int count = end - first;
                if (!Parameters.IsUniform)
                    count = Math.Min(count, Parameters.Inner - first % Parameters.Inner);
                Run(Arrays.From(first), count, Parameters.AlphaAt(first), Parameters.BetaAt(first));
                first += count;
            }
        }

        private static void Run(in Arrays<T> arrays, int count, T alpha, T beta)
        {
            if (typeof(T) == typeof(float))
                RunVectors(
                    new Arrays<float>(
                        (float*)arrays.X, (float*)arrays.Y, (float*)arrays.DY, (float*)arrays.DX, arrays.IsFirst),
                    count,
                    new Vector<float>(float.CreateTruncating(alpha)), new Vector<float>(float.CreateTruncating(beta)));
            else
                RunPlain(arrays, count, alpha, beta);
        }

        private static void RunPlain(in Arrays<T> arrays, int count, T alpha, T beta)
        {
            for (int i = 0; i < count; i++)
                if (arrays.DX == null)
                    arrays.Y[i] = TFunction.Value(arrays.X[i], alpha, beta);
                else
                    arrays.DX[i] = (arrays.IsFirst ? T.Zero : arrays.DX[i])
                        + arrays.DY[i] * TFunction.Slope(arrays.X[i], arrays.Y[i], alpha, beta);
        }

        /// <summary>The last elements go through a vector too, so that each sees the same arithmetic.</summary>
        private static void RunVectors(in Arrays<float> arrays, int count, Vector<float> alpha, Vector<float> beta)
        {
            int i = 0;
            for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
                RunVector(arrays.From(i), alpha, beta);
            if (i == count)
                return;
            int rest = count - i;
            float* buffer = stackalloc float[4 * Vector<float>.Count];
            new Span<float>(buffer, 4 * Vector<float>.Count).Clear();
            bool back = arrays.DX != null;
            var inside = new Arrays<float>(
                buffer, buffer + Vector<float>.Count,
                back ? buffer + 2 * Vector<float>.Count : null, back ? buffer + 3 * Vector<float>.Count : null,
                arrays.IsFirst);
            Arrays<float> last = arrays.From(i);
            Copy(last.X, inside.X, rest);
            if (back)
            {
                Copy(last.Y, inside.Y, rest);
                Copy(last.DY, inside.DY, rest);
                Copy(last.DX, inside.DX, rest);
            }
            RunVector(inside, alpha, beta);
            Copy(back ? inside.DX : inside.Y, back ? last.DX : last.Y, rest);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void RunVector(in Arrays<float> at, Vector<float> alpha, Vector<float> beta)
        {
            Vector<float> x = Unsafe.ReadUnaligned<Vector<float>>(at.X);
            if (at.DX == null)
            {
                Unsafe.WriteUnaligned(at.Y, TFunction.Value(x, alpha, beta));
                return;
            }
            Vector<float> slope = TFunction.Slope(x, Unsafe.ReadUnaligned<Vector<float>>(at.Y), alpha, beta);
            Vector<float> dx = at.IsFirst ? default : Unsafe.ReadUnaligned<Vector<float>>(at.DX);
            Unsafe.WriteUnaligned(at.DX, dx + Unsafe.ReadUnaligned<Vector<float>>(at.DY) * slope);
        }

        private static void Copy(float* source, float* target, int count) =>
            new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
    }
}

/// <summary>The numbers of an activation function and the shape they belong to.</summary>
internal unsafe struct ActivationParameters<T> where T : unmanaged
{
    public T* Alpha;
    public T* Beta;
    public bool HasAlpha;
    public bool HasBeta;
    public bool AlphaPerChannel;
    public bool BetaPerChannel;
    public int Channels;
    public int Inner;
    public int Count;

    public readonly bool IsUniform => !AlphaPerChannel && !BetaPerChannel;

    public readonly T AlphaAt(int index) => HasAlpha ? Alpha[AlphaPerChannel ? index / Inner % Channels : 0] : default;

    public readonly T BetaAt(int index) => HasBeta ? Beta[BetaPerChannel ? index / Inner % Channels : 0] : default;
}
