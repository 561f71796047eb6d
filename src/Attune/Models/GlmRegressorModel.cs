using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>glmRegressor</c>: y = transform(W·x + offset), a row of W and an offset per output. Transforms: none, logit
/// (1 / (1 + e^−y)), probit (Φ).
/// </summary>
internal sealed class GlmRegressorModel : FeatureModel
{
    private readonly NumberRow row;
    private readonly LinearScores scores;
    private readonly GLMRegressor.Types.PostEvaluationTransform transform;
    private readonly NumberOutput output;

    public GlmRegressorModel(ModelContext context)
    {
        GLMRegressor regressor = context.Model.GlmRegressor;
        var model = new Interface(context);
        row = new NumberRow(model);
        scores = new LinearScores(
            model, row, [.. regressor.Weights.Select(weights => weights.Value)], regressor.Offset);
        transform = regressor.PostEvaluationTransform;
        if (!Enum.IsDefined(transform))
            throw model.Wrong($"takes a transform that is known; the file says {(int)transform}");
        output = NumberOutput.Predicted(context, model, scores.Count);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        var y = new double[scores.Count];
        scores.Evaluate(row.Read(inputs, scores.Width), y);
        foreach (ref double value in y.AsSpan())
            value = transform switch
            {
                GLMRegressor.Types.PostEvaluationTransform.Logit => LinkFunctions.Logistic(value),
                GLMRegressor.Types.PostEvaluationTransform.Probit => LinkFunctions.Probit(value),
                _ => value,
            };
        outputs.Add(output.Name, output.Make(y));
    }
}
