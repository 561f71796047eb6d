using System.Numerics.Tensors;
using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>The support vectors of a machine, each given whole or by its elements that are not 0.</summary>
internal sealed class SupportVectorTable
{
    // Elements of all vectors one after another; vector i has those from starts[i] to starts[i + 1]. Dense vectors need
    // no indices.
    private readonly int[] starts;
    private readonly double[] values;
    private readonly int[]? indices;

    private SupportVectorTable(int[] starts, double[] values, int[]? indices, int widthNeeded)
    {
        this.starts = starts;
        this.values = values;
        this.indices = indices;
        WidthNeeded = widthNeeded;
    }

    public int Count => starts.Length - 1;

    /// <summary>How many numbers a row takes at least; dense vectors take exactly so many.</summary>
    public int WidthNeeded { get; }

    public bool IsDense => indices is null;

    /// <exception cref="MLModelFormatException">Vectors differ in length or from the inputs, or an element's place is
    /// none that a row has.</exception>
    public static SupportVectorTable Of(
        Interface model, DenseSupportVectors? dense, SparseSupportVectors? sparse, int? width)
    {
        SupportVectorTable table = dense is not null ? Dense(model, dense) : Sparse(model, sparse ?? new());
        if (width is { } given && table.Count > 0 && (dense is not null
                ? table.WidthNeeded != given
                : table.WidthNeeded > given))
            throw model.Wrong(
                $"has inputs of {given} numbers together; its support vectors have {table.WidthNeeded}",
                "supportVectors");
        return table;
    }

    /// <summary>The kernel of a row with every vector.</summary>
    public void Evaluate(KernelFunction kernel, ReadOnlySpan<double> row, Span<double> results)
    {
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> vector = values.AsSpan(starts[i]..starts[i + 1]);
            results[i] = kernel.Evaluate(indices is null
                ? kernel.OfDistance ? Distance(row, vector) : TensorPrimitives.Dot(row, vector)
                : Sparsely(kernel.OfDistance, row, vector, indices.AsSpan(starts[i]..starts[i + 1])));
        }
    }

    private static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> v)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += (x[i] - v[i]) * (x[i] - v[i]);
        return sum;
    }

    private static double Sparsely(
        bool ofDistance, ReadOnlySpan<double> x, ReadOnlySpan<double> v, ReadOnlySpan<int> places)
    {
        double sum = 0;
        if (!ofDistance)
        {
            for (int i = 0; i < v.Length; i++)
                sum += x[places[i]] * v[i];
            return sum;
        }
        int next = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double difference = next < v.Length && places[next] == i ? x[i] - v[next++] : x[i];
            sum += difference * difference;
        }
        return sum;
    }

    private static SupportVectorTable Dense(Interface model, DenseSupportVectors dense)
    {
        int width = dense.Vectors.Count == 0 ? 0 : dense.Vectors[0].Values.Count;
        var starts = new int[dense.Vectors.Count + 1];
        var values = new List<double>();
        for (int i = 0; i < dense.Vectors.Count; i++)
        {
            if (dense.Vectors[i].Values.Count != width)
                throw model.Wrong(
                    $"takes dense support vectors of one length; the first has {width} values, number {i} has " +
                    $"{dense.Vectors[i].Values.Count}", $"denseSupportVectors[{i}]");
            values.AddRange(dense.Vectors[i].Values);
            starts[i + 1] = values.Count;
        }
        return new SupportVectorTable(starts, [.. values], indices: null, width);
    }

    private static SupportVectorTable Sparse(Interface model, SparseSupportVectors sparse)
    {
        var starts = new int[sparse.Vectors.Count + 1];
        var values = new List<double>();
        var indices = new List<int>();
        int width = 0;
        for (int i = 0; i < sparse.Vectors.Count; i++)
        {
            int last = 0;
            foreach (SparseNode node in sparse.Vectors[i].Nodes.OrderBy(node => node.Index))
            {
                if (node.Index <= last)
                    throw model.Wrong(
                        $"takes elements of sparse support vectors at places from 1, each once; vector {i} has one " +
                        $"at {node.Index}", $"sparseSupportVectors[{i}]");
                last = node.Index;
                indices.Add(node.Index - 1);
                values.Add(node.Value);
            }
            width = Math.Max(width, last);
            starts[i + 1] = values.Count;
        }
        return new SupportVectorTable(starts, [.. values], [.. indices], width);
    }
}
