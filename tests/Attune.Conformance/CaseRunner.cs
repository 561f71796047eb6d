using Attune.Conformance.Comparisons;

namespace Attune.Conformance;

/// <summary>Loads the model of a case, predicts, and compares.</summary>
internal static class CaseRunner
{
    public static CaseResult Run(ConformanceCase source)
    {
        if (source.Mode == "validate")
            return ValidationRunner.Run(source);
        if (source.Mode is not ("single" or "batch" or "facts"))
            return CaseResult.NotSupported(
                source, $"Cases of the mode '{source.Mode}' do not run yet.", [$"mode {source.Mode}"]);
        try
        {
            string? difference = source.Mode == "facts" ? FactsCheck.Difference(source) : Difference(source);
            return difference is null ? CaseResult.Passed(source) : CaseResult.Failed(source, difference);
        }
        catch (MLModelNotSupportedException refusal)
        {
            return CaseResult.NotSupported(source, string.Join(" ", refusal.Reasons), MissingPart.Of(refusal));
        }
#pragma warning disable CA1031 // Whatever a case throws is its result, and the next case runs.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return CaseResult.Failed(source, $"{error.GetType().Name}: {error.Message}");
        }
    }

    private static string? Difference(ConformanceCase source)
    {
        MLModel model = source.LoadModel();
        IReadOnlyList<IReadOnlyDictionary<string, CaseValue>> inputs = CaseValueReader.Read(source, "inputs.json");
        IReadOnlyList<IReadOnlyDictionary<string, CaseValue>> expected = CaseValueReader.Read(source, "expected.json");
        MLDictionaryFeatureProvider[] features =
            [.. inputs.Select(sample => FeatureConversion.Provide(sample, model.ModelDescription))];

        var classes = new ClassNumbers();
        for (int i = 0; i < features.Length; i++)
            if (Difference(source, expected[i], model.Prediction(features[i]), classes) is { } difference)
                return features.Length == 1 ? difference : $"Sample {i}: {difference}";
        return features.Length == 1 ? null : BatchDifference(source, model, features, expected);
    }

    /// <summary>Samples that agree alone have to agree when they are predicted together.</summary>
    private static string? BatchDifference(
        ConformanceCase source,
        MLModel model,
        MLDictionaryFeatureProvider[] features,
        IReadOnlyList<IReadOnlyDictionary<string, CaseValue>> expected)
    {
        var classes = new ClassNumbers();
        IMLBatchProvider outputs = model.Predictions(new MLArrayBatchProvider(features));
        for (int i = 0; i < features.Length; i++)
            if (Difference(source, expected[i], outputs.GetFeatures(i), classes) is { } difference)
                return $"Sample {i} of a batch: {difference}";
        return null;
    }

    private static string? Difference(
        ConformanceCase source,
        IReadOnlyDictionary<string, CaseValue> expected,
        IMLFeatureProvider actual,
        ClassNumbers classes)
    {
        var comparison = Comparison.Of(source.Facts.GetProperty("compare"));
        foreach ((string name, CaseValue value) in expected)
        {
            if (actual.GetFeatureValue(name) is not { } given)
                return $"Output '{name}' is missing.";
            string? difference = value is TextValue label && given.Type == MLFeatureType.Int64
                ? classes.Difference(label.Text, given.Int64Value)
                : comparison.Difference(value, ActualValue.Of(given), ShapeRule.Of(source, name));
            if (difference is not null)
                return $"Output '{name}': {difference}.";
        }
        return null;
    }
}
