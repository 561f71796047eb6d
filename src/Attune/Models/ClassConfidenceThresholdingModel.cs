using Attune.Format.Specification;
using Google.Protobuf.Collections;

namespace Attune.Models;

/// <summary>
/// <c>classConfidenceThresholding</c>: for each class a table of precision and one of recall by threshold of
/// confidence. The format leaves it to the application to choose thresholds by them, so a prediction gives confidences
/// as it got them; the tables are checked.
/// </summary>
internal sealed class ClassConfidenceThresholdingModel : FeatureModel
{
    private readonly PassThrough features;

    /// <exception cref="MLModelFormatException">There are no tables, or their columns differ in length or hold numbers
    /// that are negative or not finite.</exception>
    public ClassConfidenceThresholdingModel(ModelContext context)
    {
        var model = new Interface(context);
        RepeatedField<PrecisionRecallCurve> curves = context.Model.ClassConfidenceThresholding.PrecisionRecallCurves;
        if (curves.Count == 0)
            throw model.Wrong("takes one curve of precision and recall or more; the file has none",
                "precisionRecallCurves");
        for (int i = 0; i < curves.Count; i++)
        {
            Check(model, curves[i].PrecisionValues, curves[i].PrecisionConfidenceThresholds, i);
            Check(model, curves[i].RecallValues, curves[i].RecallConfidenceThresholds, i);
        }
        features = new PassThrough(model);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs) => features.Add(inputs, outputs);

    private static void Check(Interface model, FloatVector? values, FloatVector? thresholds, int curve)
    {
        float[] first = [.. values?.Vector ?? []];
        float[] second = [.. thresholds?.Vector ?? []];
        if (first.Length == 0 || first.Length != second.Length)
            throw model.Wrong(
                $"takes a threshold for each value of a curve, one or more; curve {curve} has {first.Length} values " +
                $"and {second.Length} thresholds", $"precisionRecallCurves[{curve}]");
        if (first.Concat(second).Any(number => !float.IsFinite(number) || number < 0))
            throw model.Wrong(
                $"takes finite numbers of 0 or more in its curves; curve {curve} has another",
                $"precisionRecallCurves[{curve}]");
    }
}
