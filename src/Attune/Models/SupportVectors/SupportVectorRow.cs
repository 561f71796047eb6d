using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>The inputs of a support vector machine, seen through its kernel: one number per support vector.</summary>
internal sealed class SupportVectorRow
{
    private readonly NumberRow row;
    private readonly KernelFunction kernel;
    private readonly SupportVectorTable vectors;

    public SupportVectorRow(
        Interface model, Kernel? kernel, DenseSupportVectors? dense, SparseSupportVectors? sparse)
    {
        row = new NumberRow(model);
        this.kernel = new KernelFunction(model, kernel);
        vectors = SupportVectorTable.Of(model, dense, sparse, row.Count);
    }

    /// <summary>How many support vectors there are.</summary>
    public int Count => vectors.Count;

    public double[] Read(InputFeatures inputs)
    {
        double[] numbers = vectors is { IsDense: true, Count: > 0 }
            ? row.Read(inputs, vectors.WidthNeeded)
            : row.Read(inputs);
        if (numbers.Length < vectors.WidthNeeded)
            throw new MLFeatureException(
                $"The model's support vectors take {vectors.WidthNeeded} numbers or more from its inputs together; " +
                $"got {numbers.Length}.");
        var kernels = new double[vectors.Count];
        vectors.Evaluate(kernel, numbers, kernels);
        return kernels;
    }
}
