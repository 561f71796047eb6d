namespace Attune.Kernels;

/// <summary>Which formula moves parameters by their gradient.</summary>
internal enum StepKind
{
    None,

    /// <summary>w -= rate·g.</summary>
    Descend,

    /// <summary>v = momentum·v + rate·g; w -= v.</summary>
    Momentum,

    /// <summary>m = beta1·m + (1 - beta1)·g; v = beta2·v + (1 - beta2)·g²; w -= rate·m / (√v + epsilon).</summary>
    Adam,
}

/// <summary>
/// One step of an optimizer on one parameter: the formula, its numbers, and its memory, as long as the parameter.
/// </summary>
internal readonly ref struct ParameterStep
{
    public StepKind Kind { get; init; }

    /// <summary>For <see cref="StepKind.Descend"/> and <see cref="StepKind.Momentum"/>.</summary>
    public float Rate { get; init; }

    public float Momentum { get; init; }

    /// <summary>For <see cref="StepKind.Adam"/>.</summary>
    public AdamRates<float> Adam { get; init; }

    /// <summary>v of the momentum, m of Adam.</summary>
    public Span<float> First { get; init; }

    /// <summary>v of Adam.</summary>
    public Span<float> Second { get; init; }

    /// <summary>Steps <paramref name="values"/> by a whole gradient.</summary>
    public void Apply(Runtime.Workers workers, ReadOnlySpan<float> gradient, Span<float> values)
    {
        if (Kind == StepKind.Descend)
            OptimizerSteps.Descend(workers, Rate, gradient, values);
        else if (Kind == StepKind.Momentum)
            OptimizerSteps.DescendWithMomentum(workers, Rate, Momentum, gradient, First, values);
        else
            OptimizerSteps.Adam(workers, Adam, gradient, First, Second, values);
    }
}
