using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>treeEnsembleClassifier</c>: base prediction plus what the leaves of all trees add, then the transform: a number
/// per class. Two classes and one number: it belongs to the second class, the first has what is missing to 1.
/// </summary>
internal sealed class TreeEnsembleClassifierModel : FeatureModel
{
    private readonly TreeSums trees;
    private readonly TreeTransform transform;
    private readonly LabelOutput labels;
    private readonly bool isOneNumberForTwo;

    public TreeEnsembleClassifierModel(ModelContext context)
    {
        TreeEnsembleClassifier classifier = context.Model.TreeEnsembleClassifier;
        var model = new Interface(context);
        trees = new TreeSums(model, classifier.TreeEnsemble);
        transform = new TreeTransform(model, classifier.PostEvaluationTransform);
        labels = new LabelOutput(context, model);
        int numbers = transform.CountFor(trees.Dimensions);
        isOneNumberForTwo = numbers == 1 && labels.Count == 2;
        if (!isOneNumberForTwo && numbers != labels.Count)
            throw model.Wrong(
                $"takes a number per class, or one for two classes; its trees make {numbers} for {labels.Count} " +
                "classes", "treeEnsemble.numPredictionDimensions");
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        double[] numbers = transform.Apply(trees.Evaluate(inputs));
        labels.Add(outputs, isOneNumberForTwo ? [1 - numbers[0], numbers[0]] : numbers);
    }
}
