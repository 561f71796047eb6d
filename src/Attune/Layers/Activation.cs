using System.Numerics;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Kernels;
using Case = Attune.Format.Specification.ActivationParams.NonlinearityTypeOneofCase;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>activation</c>: one of thirteen functions of each element; <see cref="ActivationKind"/> has the
/// formulas.
/// </summary>
/// <remarks>
/// Shapes: x is of any rank, y is the same. With a value per channel (PReLU, parametricSoftplus) x is [N×C×H×W], or
/// any rank of 3 or more. Gradients at a kink are those of <see cref="Activations"/>.
/// </remarks>
internal sealed class Activation : Layer
{
    private readonly ActivationKind function;
    private readonly float alpha;
    private readonly float beta;
    private readonly bool isUniform = true;

    /// <summary>A function with the numbers that the formula names, if it does.</summary>
    public Activation(string name, ActivationKind function, float alpha = 0, float beta = 0)
        : base(name, "activation")
    {
        this.function = function;
        this.alpha = alpha;
        this.beta = beta;
    }

    /// <summary>A function with numbers that can be trained: one each, or one per channel.</summary>
    public Activation(string name, ActivationKind function, params Parameter[] parameters)
        : base(name, "activation", parameters)
    {
        this.function = function;
        isUniform = parameters.All(parameter => parameter.Shape.Count == 1);
    }

    public override bool HasGradient => true;

    public override bool RunsInPlace => true;

    public override bool IsRectifier => function == ActivationKind.ReLU;

    public override string QualifiedKind => $"{Kind}:{function}";

    public static Activation Read(LayerSource source)
    {
        ActivationParams fields = source.Specification.Activation;
        string name = source.Name;
        return fields.NonlinearityTypeCase switch
        {
            Case.Linear => new(name, ActivationKind.Linear, fields.Linear.Alpha, fields.Linear.Beta),
            Case.ReLU => new(name, ActivationKind.ReLU),
            Case.LeakyReLU => new(name, ActivationKind.LeakyReLU, fields.LeakyReLU.Alpha),
            Case.ThresholdedReLU => new(name, ActivationKind.ThresholdedReLU, fields.ThresholdedReLU.Alpha),
            Case.PReLU => new(name, ActivationKind.PReLU, source.Parameter("alpha", fields.PReLU.Alpha)),
            Case.Tanh => new(name, ActivationKind.Tanh),
            Case.ScaledTanh => new(name, ActivationKind.ScaledTanh, fields.ScaledTanh.Alpha, fields.ScaledTanh.Beta),
            Case.Sigmoid => new(name, ActivationKind.Sigmoid),
            Case.SigmoidHard =>
                new(name, ActivationKind.SigmoidHard, fields.SigmoidHard.Alpha, fields.SigmoidHard.Beta),
            Case.ELU => new(name, ActivationKind.ELU, fields.ELU.Alpha),
            Case.Softsign => new(name, ActivationKind.Softsign),
            Case.Softplus => new(name, ActivationKind.Softplus),
            Case.ParametricSoftplus => new(
                name, ActivationKind.ParametricSoftplus,
                source.Parameter("alpha", fields.ParametricSoftplus.Alpha),
                source.Parameter("beta", fields.ParametricSoftplus.Beta)),
            _ => throw source.Refuse("one of the known functions", "none"),
        };
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        foreach (Parameter parameter in Parameters)
            if (parameter.Shape.Count != 1 && (input.Rank < 3 || input[-3] != parameter.Shape.Count))
                throw Refuse(
                    $"{parameter.Shape.Count} channels (axis -3), as it has values of {parameter.Role}", $"{input}");
        return [input];
    }

    public override bool IsChannelAffine(Shape input) =>
        function == ActivationKind.Linear && Parameters.Count == 0 && input.Rank >= 3;

    public override ChannelAffine AffineOf(int channels, IReadOnlyList<ReadOnlyMemory<float>> parameters) =>
        ChannelShape.AffineOf(channels, [alpha], [beta]);

    public override void Forward<T>(LayerRun<T> run)
    {
        if (Parameters.Count == 0)
        {
            Activations.Forward(
                run.Workers, function, T.CreateTruncating(alpha), T.CreateTruncating(beta), run.Input(0),
                run.Output(0));
            return;
        }
        (int channels, int inner) = ChannelsOf(run);
        Activations.Forward(
            run.Workers, function, run.Parameter(0), Beta(run), channels, inner, run.Input(0), run.Output(0));
    }

    public override bool StoresFirstGradient => true;

    public override void Backward<T>(LayerRun<T> run)
    {
        if (Parameters.Count == 0)
        {
            Activations.AddInputGradient(
                run.Workers, function, T.CreateTruncating(alpha), T.CreateTruncating(beta),
                run.Input(0), run.Output(0), run.OutputGradient(0), run.InputGradient(0), run.IsFirst(0));
            return;
        }
        (int channels, int inner) = ChannelsOf(run);
        if (run.WantsInputGradient(0))
            Activations.AddInputGradient(
                run.Workers, function, run.Parameter(0), Beta(run), channels, inner,
                run.Input(0), run.Output(0), run.OutputGradient(0), run.InputGradient(0), run.IsFirst(0));
        for (int i = 0; i < Parameters.Count; i++)
            if (run.WantsParameterGradient(i))
                AddParameterGradient(run, i, inner);
    }

    /// <summary>PReLU: dα = Σ dy·x over x below 0. Softplus: dα = Σ dy·log(1+e^βx), dβ = Σ dy·αx / (1+e^-βx).</summary>
    private void AddParameterGradient<T>(LayerRun<T> run, int index, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> x = run.Input(0);
        ReadOnlySpan<T> dy = run.OutputGradient(0);
        ReadOnlySpan<T> alphas = run.Parameter(0);
        ReadOnlySpan<T> betas = Beta(run);
        Span<T> gradient = run.ParameterGradient(index);
        for (int start = 0; start < x.Length; start += inner)
        {
            int channel = start / inner;
            T a = alphas[channel % alphas.Length];
            T b = betas.IsEmpty ? T.Zero : betas[channel % betas.Length];
            T sum = T.Zero;
            for (int i = start; i < start + inner; i++)
                sum += dy[i] * Slope(x[i], a, b, index);
            gradient[channel % gradient.Length] += sum;
        }
    }

    private T Slope<T>(T x, T a, T b, int index) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (function == ActivationKind.PReLU)
            return T.Min(x, T.Zero);
        if (index == 1)
            return a * x / (T.One + T.Exp(-b * x));
        // log(1+e^z) without overflow
        T z = b * x;
        return T.Max(z, T.Zero) + T.LogP1(T.Exp(-T.Abs(z)));
    }

    private ReadOnlySpan<T> Beta<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T> =>
        Parameters.Count > 1 ? run.Parameter(1) : [];

    private (int Channels, int Inner) ChannelsOf<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape input = run.InputShape(0);
        return isUniform
            ? (1, Math.Max(1, input.Count))
            : (input[-3], Math.Max(1, input[-2] * input[-1]));
    }
}
