using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>glmClassifier</c>. Two classes and one row of weights: the second class has link(w·x + offset), the first the
/// rest. Reference class: the first class scores 0 and each other has a row; logit gives softmax over the scores. One
/// against the rest: a row per class, links normalised to sum 1. Links: logit and probit (Φ).
/// </summary>
internal sealed class GlmClassifierModel : FeatureModel
{
    private readonly NumberRow row;
    private readonly LinearScores scores;
    private readonly LabelOutput labels;
    private readonly bool probit;
    private readonly bool hasReference;

    public GlmClassifierModel(ModelContext context)
    {
        GLMClassifier classifier = context.Model.GlmClassifier;
        var model = new Interface(context);
        row = new NumberRow(model);
        scores = new LinearScores(
            model, row, [.. classifier.Weights.Select(weights => weights.Value)], classifier.Offset);
        labels = new LabelOutput(context, model);
        probit = classifier.PostEvaluationTransform == GLMClassifier.Types.PostEvaluationTransform.Probit;
        bool oneVersusRest = classifier.ClassEncoding == GLMClassifier.Types.ClassEncoding.OneVsRest;
        if (!Enum.IsDefined(classifier.PostEvaluationTransform) || !Enum.IsDefined(classifier.ClassEncoding))
            throw model.Wrong("takes a transform and a class encoding that are known; the file has another");
        hasReference = scores.Count == labels.Count - 1 && (!oneVersusRest || labels.Count == 2);
        if (!hasReference && !(oneVersusRest && scores.Count == labels.Count))
            throw model.Wrong(
                $"takes {(oneVersusRest ? "a row of weights per class" : "a row per class but the first")}, and one " +
                $"row for two classes; the file has {scores.Count} rows and {labels.Count} classes", "weights");
        if (probit && hasReference && labels.Count > 2)
            throw model.Wrong("takes the probit transform with a reference class for two classes alone", "weights");
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        // With a reference class, place 0 is its score, 0.
        var y = new double[labels.Count];
        scores.Evaluate(row.Read(inputs, scores.Width), y.AsSpan(hasReference ? 1 : 0));
        var probabilities = (double[])y.Clone();
        if (!hasReference)
        {
            foreach (ref double value in probabilities.AsSpan())
                value = probit ? LinkFunctions.Probit(value) : LinkFunctions.Logistic(value);
            LinkFunctions.Normalize(probabilities);
        }
        else if (probit)
            (probabilities[0], probabilities[1]) = (LinkFunctions.Probit(-y[1]), LinkFunctions.Probit(y[1]));
        else
            LinkFunctions.Softmax(probabilities);
        // Links keep the order of the scores until they saturate; the label must not depend on where they do.
        labels.Add(outputs, probabilities, y);
    }
}
