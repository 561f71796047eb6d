namespace Attune.Kernels;

/// <summary>Core ML's activation functions; a and b are its alpha and beta.</summary>
internal enum ActivationKind
{
    /// <summary>max(0, x)</summary>
    ReLU,

    /// <summary>x ≥ 0 ? x : a·x</summary>
    LeakyReLU,

    /// <summary>x ≥ a ? x : 0</summary>
    ThresholdedReLU,

    /// <summary>x ≥ 0 ? x : a[channel]·x</summary>
    PReLU,

    /// <summary>tanh x</summary>
    Tanh,

    /// <summary>a·tanh(b·x)</summary>
    ScaledTanh,

    /// <summary>1 / (1 + e^-x)</summary>
    Sigmoid,

    /// <summary>min(max(a·x + b, 0), 1)</summary>
    SigmoidHard,

    /// <summary>x ≥ 0 ? x : a·(e^x - 1)</summary>
    ELU,

    /// <summary>x / (1 + |x|)</summary>
    Softsign,

    /// <summary>log(1 + e^x)</summary>
    Softplus,

    /// <summary>a[channel]·log(1 + e^(b[channel]·x))</summary>
    ParametricSoftplus,

    /// <summary>a·x + b</summary>
    Linear,
}
