using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>treeEnsembleRegressor</c>: base prediction plus what the leaves of all trees add, then the transform.
/// </summary>
internal sealed class TreeEnsembleRegressorModel : FeatureModel
{
    private readonly TreeSums trees;
    private readonly TreeTransform transform;
    private readonly NumberOutput output;

    public TreeEnsembleRegressorModel(ModelContext context)
    {
        TreeEnsembleRegressor regressor = context.Model.TreeEnsembleRegressor;
        var model = new Interface(context);
        trees = new TreeSums(model, regressor.TreeEnsemble);
        transform = new TreeTransform(model, regressor.PostEvaluationTransform);
        output = NumberOutput.Predicted(context, model, transform.CountFor(trees.Dimensions));
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs) =>
        outputs.Add(output.Name, output.Make(transform.Apply(trees.Evaluate(inputs))));
}
