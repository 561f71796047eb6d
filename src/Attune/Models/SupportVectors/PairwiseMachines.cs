using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// One machine for every two classes i &lt; j, in the order (0,1), (0,2), …, (1,2), …, as libsvm has them. A positive
/// decision is for i. Class i's vectors have row j−1 of the coefficients against class j, class j's vectors row i.
/// </summary>
internal sealed class PairwiseMachines
{
    private readonly int[] firstVector;
    private readonly double[][] coefficients;
    private readonly double[] rho;

    /// <exception cref="MLModelFormatException">Counts do not fit each other.</exception>
    public PairwiseMachines(Interface model, SupportVectorClassifier classifier, int classes, int vectors)
    {
        if (classifier.NumberOfSupportVectorsPerClass.Count != classes)
            throw model.Wrong(
                $"takes a number of support vectors for each of {classes} classes; the file has " +
                $"{classifier.NumberOfSupportVectorsPerClass.Count}", "numberOfSupportVectorsPerClass");
        firstVector = new int[classes + 1];
        for (int i = 0; i < classes; i++)
        {
            int own = classifier.NumberOfSupportVectorsPerClass[i];
            if (own < 0 || own > vectors - firstVector[i])
                throw model.Wrong(
                    $"has {vectors} support vectors; the classes have others together",
                    "numberOfSupportVectorsPerClass");
            firstVector[i + 1] = firstVector[i] + own;
        }
        coefficients = [.. classifier.Coefficients.Select(row => row.Alpha.ToArray())];
        rho = [.. classifier.Rho];
        if (firstVector[classes] != vectors)
            throw model.Wrong(
                $"has {vectors} support vectors; the classes have {firstVector[classes]} together",
                "numberOfSupportVectorsPerClass");
        if (coefficients.Length != classes - 1 || coefficients.Any(row => row.Length != vectors))
            throw model.Wrong(
                $"takes {classes - 1} rows of {vectors} coefficients, a row per class but one; the file has " +
                $"{coefficients.Length} of [{string.Join(", ", coefficients.Take(8).Select(row => row.Length))}]",
                "coefficients");
        if (rho.Length != (long)classes * (classes - 1) / 2)
            throw model.Wrong(
                $"takes a rho for every two of {classes} classes; the file has {rho.Length}", "rho");
    }

    private int Classes => firstVector.Length - 1;

    /// <param name="kernels">The kernel with every support vector.</param>
    public double[] Decide(ReadOnlySpan<double> kernels)
    {
        var decisions = new double[rho.Length];
        int pair = 0;
        for (int i = 0; i < Classes; i++)
            for (int j = i + 1; j < Classes; j++, pair++)
                decisions[pair] = Part(kernels, i, j - 1) + Part(kernels, j, i) - rho[pair];
        return decisions;
    }

    /// <summary>How many machines decide for each class; a decision of 0 is for the later one.</summary>
    public double[] Votes(ReadOnlySpan<double> decisions)
    {
        var votes = new double[Classes];
        int pair = 0;
        for (int i = 0; i < Classes; i++)
            for (int j = i + 1; j < Classes; j++)
                votes[decisions[pair++] > 0 ? i : j]++;
        return votes;
    }

    private double Part(ReadOnlySpan<double> kernels, int vectorsOf, int row)
    {
        ReadOnlySpan<double> own = coefficients[row];
        double sum = 0;
        for (int v = firstVector[vectorsOf]; v < firstVector[vectorsOf + 1]; v++)
            sum += own[v] * kernels[v];
        return sum;
    }
}
