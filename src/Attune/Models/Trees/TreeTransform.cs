using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>What is made of an ensemble's sums in the end.</summary>
internal sealed class TreeTransform
{
    private readonly TreeEnsemblePostEvaluationTransform kind;

    /// <exception cref="MLModelFormatException">The transform is none that is known.</exception>
    public TreeTransform(Interface model, TreeEnsemblePostEvaluationTransform kind)
    {
        this.kind = kind;
        if (!Enum.IsDefined(kind))
            throw model.Wrong(
                $"takes a transform that is known; the file says {(int)kind}", "postEvaluationTransform");
    }

    /// <summary>How many numbers are made of so many sums.</summary>
    public int CountFor(int sums) =>
        kind == TreeEnsemblePostEvaluationTransform.ClassificationSoftMaxWithZeroClassReference ? sums + 1 : sums;

    /// <summary>
    /// None: the sums. Softmax: e^s / Σ e^s. Logistic: 1 / (1 + e^−s) of each. Softmax with zero class reference:
    /// softmax of the sums with a 0 before them. The array may be changed and returned.
    /// </summary>
    public double[] Apply(double[] sums)
    {
        switch (kind)
        {
            case TreeEnsemblePostEvaluationTransform.ClassificationSoftMax:
                LinkFunctions.Softmax(sums);
                return sums;
            case TreeEnsemblePostEvaluationTransform.RegressionLogistic:
                foreach (ref double sum in sums.AsSpan())
                    sum = LinkFunctions.Logistic(sum);
                return sums;
            case TreeEnsemblePostEvaluationTransform.ClassificationSoftMaxWithZeroClassReference:
                double[] withReference = [0, .. sums];
                LinkFunctions.Softmax(withReference);
                return withReference;
            default:
                return sums;
        }
    }
}
