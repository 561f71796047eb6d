namespace Attune.Layers;

/// <summary>How a <see cref="Reduction"/> makes one number of many.</summary>
internal enum ReductionKind
{
    Sum,
    Mean,
    Product,

    /// <summary>log(Σ x + ε)</summary>
    LogSum,

    /// <summary>Σ x²</summary>
    SumSquare,

    /// <summary>Σ |x|</summary>
    L1,

    /// <summary>√Σ x²</summary>
    L2,
    Max,
    Min,

    /// <summary>log Σ e^x</summary>
    LogSumExp,
}
