using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// How alike two rows are. Linear x·v; radial basis e^(−γ‖x−v‖²); polynomial (γ x·v + c)^degree; sigmoid tanh(γ x·v +
/// c).
/// </summary>
internal sealed class KernelFunction
{
    private readonly Kernel.KernelOneofCase kind;
    private readonly double gamma;
    private readonly double constant;
    private readonly int degree;

    /// <exception cref="MLModelFormatException">There is no kernel, or its degree is negative.</exception>
    public KernelFunction(Interface model, Kernel? kernel)
    {
        kind = kernel?.KernelCase ?? Kernel.KernelOneofCase.None;
        (gamma, constant, degree) = kind switch
        {
            Kernel.KernelOneofCase.LinearKernel => (1, 0, 1),
            Kernel.KernelOneofCase.RbfKernel => (kernel!.RbfKernel.Gamma, 0, 1),
            Kernel.KernelOneofCase.PolyKernel =>
                (kernel!.PolyKernel.Gamma, kernel.PolyKernel.C, kernel.PolyKernel.Degree),
            Kernel.KernelOneofCase.SigmoidKernel => (kernel!.SigmoidKernel.Gamma, kernel.SigmoidKernel.C, 1),
            _ => throw model.Wrong("takes a kernel; the file has none that is known", "kernel"),
        };
        if (degree < 0)
            throw model.Wrong($"takes a degree of 0 or more; the file says {degree}", "kernel.polyKernel.degree");
    }

    /// <summary>Whether it is a function of the distance ‖x−v‖², and not of the product x·v.</summary>
    public bool OfDistance => kind == Kernel.KernelOneofCase.RbfKernel;

    /// <param name="x">‖x−v‖² or x·v.</param>
    public double Evaluate(double x) => kind switch
    {
        Kernel.KernelOneofCase.LinearKernel => x,
        Kernel.KernelOneofCase.RbfKernel => Math.Exp(-gamma * x),
        Kernel.KernelOneofCase.PolyKernel => Math.Pow(gamma * x + constant, degree),
        _ => Math.Tanh(gamma * x + constant),
    };
}
