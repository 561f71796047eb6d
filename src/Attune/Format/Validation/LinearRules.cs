using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Rules on generalised linear models.</summary>
internal static class LinearRules
{
    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } = OwnChecks.Follow(
    [
        new(
            "linear.offsets",
            "There is one offset for each row of weights.",
            "Give as many offsets as rows.",
            Offsets),
        new("linear.rows", "All rows of weights are of one length.", "Correct the rows.", Rows),
        new(
            "linear.classes",
            "A linear classifier has a row for each class, or for each but one, as its encoding says; of two classes " +
            "told apart one against the rest it has one.",
            "Correct the rows, or the labels.",
            Classes),
        new(
            "linear.transform",
            "Transform and encoding are known, and probit is for two classes.",
            "Correct postEvaluationTransform or classEncoding.",
            Transform),
        new(
            "probit.inputs",
            "The inputs of a Bayesian probit regressor are INT32 arrays of one or two axes.",
            "Correct the inputs.",
            ProbitInputs),
    ]);

    private static IEnumerable<Flaw> Offsets(ValidatedModel model)
    {
        (int rows, int offsets) = model.Model switch
        {
            { GlmRegressor: { } linear } => (linear.Weights.Count, linear.Offset.Count),
            { GlmClassifier: { } linear } => (linear.Weights.Count, linear.Offset.Count),
            _ => (0, 0),
        };
        if (rows != offsets)
            yield return new Flaw(
                $"A {model.Kind} takes one offset per row of weights; got {offsets} for {rows}.", "offset");
    }

    private static IEnumerable<Flaw> Rows(ValidatedModel model)
    {
        int[] lengths = model.Model switch
        {
            { GlmRegressor: { } linear } => [.. linear.Weights.Select(row => row.Value.Count).Distinct().Take(3)],
            { GlmClassifier: { } linear } => [.. linear.Weights.Select(row => row.Value.Count).Distinct().Take(3)],
            _ => [],
        };
        if (lengths.Length > 1 || (model.Model.GlmClassifier is not null && lengths.Contains(0)))
            yield return new Flaw(
                $"A {model.Kind} takes rows of one length; got {string.Join(", ", lengths)}.", "weights");
    }

    private static IEnumerable<Flaw> Classes(ValidatedModel model)
    {
        if (model.Model.GlmClassifier is not { } linear)
            yield break;
        int classes = ClassLabels.Of(model.Model)!.Count;
        int rows = linear.Weights.Count;
        bool isReference = linear.ClassEncoding == GLMClassifier.Types.ClassEncoding.ReferenceClass;
        int expected = isReference ? classes - 1 : classes == 2 ? 1 : classes;
        if (rows == 0 || (classes > 0 && rows != expected))
            yield return new Flaw(
                $"A linear classifier of {classes} classes ({linear.ClassEncoding}) takes {expected} rows of " +
                "weights; " +
                $"got {rows}.",
                "weights");
    }

    private static IEnumerable<Flaw> Transform(ValidatedModel model)
    {
        if (model.Model.GlmClassifier is not { } linear)
            yield break;
        if (!Enum.IsDefined(linear.PostEvaluationTransform) || !Enum.IsDefined(linear.ClassEncoding))
            yield return new Flaw("A linear classifier takes a transform and an encoding that are known; got others.");
        if (linear.PostEvaluationTransform == GLMClassifier.Types.PostEvaluationTransform.Probit
            && ClassLabels.Of(model.Model)!.Count > 2)
            yield return new Flaw("Probit takes two classes; got more.", "postEvaluationTransform");
    }

    private static IEnumerable<Flaw> ProbitInputs(ValidatedModel model) =>
        model.Model.BayesianProbitRegressor is null
            ? []
            : from input in model.Description.Input
              let array = input.Type?.MultiArrayType
              where array is not { DataType: ArrayFeatureType.Types.ArrayDataType.Int32, Shape.Count: 1 or 2 }
              select new Flaw($"Input '{input.Name}' of a probit regressor is an INT32 array of one or two axes.");
}
