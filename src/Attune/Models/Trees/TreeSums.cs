using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>The trees of a model with the inputs that they look at.</summary>
internal sealed class TreeSums
{
    private readonly NumberRow row;
    private readonly TreeEnsemble trees;
    private readonly int widthNeeded;

    /// <exception cref="MLModelFormatException">The trees contradict themselves or the inputs.</exception>
    public TreeSums(Interface model, TreeEnsembleParameters? parameters)
    {
        row = new NumberRow(model);
        trees = TreeBuilder.Build(model, parameters, row.Count, out widthNeeded);
    }

    public int Dimensions => trees.Dimensions;

    public double[] Evaluate(InputFeatures inputs)
    {
        double[] numbers = row.Read(inputs);
        if (numbers.Length < widthNeeded)
            throw new MLFeatureException(
                $"The model's trees take {widthNeeded} numbers or more from its inputs together; got " +
                $"{numbers.Length}.");
        // A leaf looks at number 0, too: at least one has to be there.
        var sums = new double[trees.Dimensions];
        trees.Evaluate(numbers.Length == 0 ? [0] : numbers, sums);
        return sums;
    }
}
