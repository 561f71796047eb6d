using Attune.Kernels;

namespace Attune.Graph;

/// <summary>The optimizer as one parameter sees it.</summary>
internal interface IParameterStepper
{
    ParameterStep Step { get; }
}
