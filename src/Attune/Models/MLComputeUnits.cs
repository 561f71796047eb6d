namespace Attune;

/// <summary>
/// Where a model may run. Core ML's <c>MLComputeUnits</c>, kept so that code carries over: Attune always computes on
/// the processor, whatever is asked for.
/// </summary>
public enum MLComputeUnits
{
    /// <summary>The processor alone.</summary>
    CpuOnly = 0,

    /// <summary>The processor and the graphics processor.</summary>
    CpuAndGpu = 1,

    /// <summary>Everything there is.</summary>
    All = 2,

    /// <summary>The processor and the Neural Engine.</summary>
    CpuAndNeuralEngine = 3,
}
