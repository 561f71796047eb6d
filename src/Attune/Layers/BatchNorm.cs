using System.Buffers;
using System.Numerics;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Kernels;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>batchnorm</c> with stored statistics: y = γ·(x − mean) / √(variance + ε) + β, each per channel.
/// Training changes γ and β; the statistics stay those of the file.
/// </summary>
/// <remarks>
/// Shapes: x is [N×C×H×W], or any rank of 3 or more, leading axes being batch; γ, β, mean and variance are [C]; y is
/// as x.
/// </remarks>
internal sealed class BatchNorm(
    string name, Parameter gamma, Parameter beta, ReadOnlyMemory<float> mean, ReadOnlyMemory<float> variance,
    float epsilon)
    : Layer(name, "batchnorm", gamma, beta)
{
    /// <summary>What the format means by an epsilon of 0.</summary>
    public const float DefaultEpsilon = 1e-5f;

    private readonly int channels = gamma.Shape.Count;

    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    /// <summary>A <see cref="BatchNorm"/> or, as the file has them in one field, an <see
    /// cref="InstanceNorm"/>.</summary>
    public static Layer Read(LayerSource source)
    {
        BatchnormLayerParams fields = source.Specification.Batchnorm;
        int channels = source.Amount("number of channels", fields.Channels, 1);
        float epsilon = fields.Epsilon == 0 ? DefaultEpsilon : fields.Epsilon;
        if (fields.ComputeMeanVar && !fields.InstanceNormalization)
            throw source.Unsupported("computes its statistics over the whole batch, which is not supported.");

        Parameter gamma = source.Parameter("gamma", fields.Gamma, channels);
        Parameter beta = source.Parameter("beta", fields.Beta, channels);
        if (fields.ComputeMeanVar)
            return new InstanceNorm(source.Name, gamma, beta, epsilon);
        return new BatchNorm(
            source.Name, gamma, beta,
            source.Constants("mean", fields.Mean, channels),
            source.Constants("variance", fields.Variance, channels),
            epsilon);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs) => inputs[0].Rank >= 3 && inputs[0][-3] == channels
        ? [inputs[0]]
        : throw Refuse($"{channels} channels (axis -3)", $"{inputs[0]}");

    public override bool IsChannelAffine(Shape input) => true;

    public override ChannelAffine AffineOf(int channels, IReadOnlyList<ReadOnlyMemory<float>> parameters)
    {
        var scale = new double[channels];
        var shift = new double[channels];
        Normalise<double>(scale, shift);
        var normalised = new ChannelAffine(scale, shift);
        return normalised.Then(ChannelShape.AffineOf(channels, parameters[0].Span, parameters[1].Span));
    }

    public override void Forward<T>(LayerRun<T> run)
    {
        T[] rented = ArrayPool<T>.Shared.Rent(2 * channels);
        Span<T> scale = rented.AsSpan(0, channels);
        Span<T> shift = rented.AsSpan(channels, channels);
        Normalise(scale, shift);
        for (int c = 0; c < channels; c++)
        {
            scale[c] *= run.Parameter(0)[c];
            shift[c] = shift[c] * run.Parameter(0)[c] + run.Parameter(1)[c];
        }
        (int batch, int inner) = Sizes(run);
        Affine.Forward<T>(run.Workers, batch, channels, inner, scale, shift, run.Input(0), run.Output(0));
        ArrayPool<T>.Shared.Return(rented);
    }

    public override void Backward<T>(LayerRun<T> run)
    {
        (int batch, int inner) = Sizes(run);
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        T[] rented = ArrayPool<T>.Shared.Rent(2 * channels);
        Span<T> scale = rented.AsSpan(0, channels);
        Span<T> shift = rented.AsSpan(channels, channels);
        Normalise(scale, shift);

        // dγ = Σ dy·(x − mean)/√(variance + ε)
        if (run.WantsParameterGradient(0))
        {
            T[] normalised = ArrayPool<T>.Shared.Rent(dy.Length);
            Span<T> x = normalised.AsSpan(0, dy.Length);
            Affine.Forward<T>(run.Workers, batch, channels, inner, scale, shift, run.Input(0), x);
            Affine.AddScaleGradient(run.Workers, batch, channels, inner, x, dy, run.ParameterGradient(0));
            ArrayPool<T>.Shared.Return(normalised);
        }

        // dβ = Σ dy
        if (run.WantsParameterGradient(1))
            Affine.AddShiftGradient(run.Workers, batch, channels, inner, dy, run.ParameterGradient(1));

        // dx = dy·γ/√(variance + ε)
        if (run.WantsInputGradient(0))
        {
            for (int c = 0; c < channels; c++)
                scale[c] *= run.Parameter(0)[c];
            Affine.AddInputGradient(run.Workers, batch, channels, inner, scale, dy, run.InputGradient(0));
        }
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>The scale and shift that give x the mean 0 and the variance 1.</summary>
    private void Normalise<T>(Span<T> scale, Span<T> shift) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int c = 0; c < channels; c++)
        {
            scale[c] = T.One / T.Sqrt(T.CreateTruncating(variance.Span[c]) + T.CreateTruncating(epsilon));
            shift[c] = -T.CreateTruncating(mean.Span[c]) * scale[c];
        }
    }

    private static (int Batch, int Inner) Sizes<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = run.InputShape(0);
        return (run.Batch * shape.CountOf(0, shape.Rank - 3), shape[-2] * shape[-1]);
    }
}
