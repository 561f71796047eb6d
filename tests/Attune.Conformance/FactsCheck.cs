using System.Globalization;
using System.Text.Json;
using Attune.Format;
using Attune.Format.Specification;
using Attune.Lowering;

namespace Attune.Conformance;

/// <summary>
/// Cases without predictions, which list what must be read from a model: its interface, and how it is to be updated.
/// </summary>
internal static class FactsCheck
{
    /// <summary>The first fact that was read otherwise; null if there is none.</summary>
    public static string? Difference(ConformanceCase source)
    {
        MLModel model = source.LoadModel();
        MLModelDescription description = model.ModelDescription;
        foreach (JsonProperty fact in source.Facts.GetProperty("facts").EnumerateObject())
        {
            string? difference = fact.Name switch
            {
                "type" => Compare(fact.Value, ModelFacts.FieldName(model.Specification.TypeCase)),
                "isUpdatable" => Compare(fact.Value, description.IsUpdatable),
                "specificationVersion" => Compare(fact.Value, model.Specification.SpecificationVersion),
                "inputs" => CompareNames(fact.Value, description.InputDescriptionsByName),
                "outputs" => CompareNames(fact.Value, description.OutputDescriptionsByName),
                "trainingInputs" => CompareFeatures(fact.Value, description.TrainingInputDescriptionsByName),
                "update" => DifferenceOfUpdate(fact.Value, model),
                _ => "is a fact that this program does not know",
            };
            if (difference is not null)
                return $"Fact '{fact.Name}': {difference}.";
        }
        return null;
    }

    private static string? DifferenceOfUpdate(JsonElement facts, MLModel model)
    {
        NetworkSpecification? network = NetworkSpecification.Of(model.Specification);
        foreach (JsonProperty fact in facts.EnumerateObject())
        {
            string? difference = fact.Name switch
            {
                "updatableLayers" => Compare(
                    fact.Value,
                    [.. (network?.Layers ?? []).Where(layer => layer.IsUpdatable).Select(layer => layer.Name)]),
                "losses" => CompareLosses(fact.Value, network?.Update?.LossLayers ?? []),
                "optimizer" => CompareOptimizer(fact.Value, model),
                "shuffle" when fact.Value.ValueKind == JsonValueKind.Null =>
                    network?.Update?.Shuffle is null ? null : "expected none",
                _ => CompareParameter(fact.Name, fact.Value, model),
            };
            if (difference is not null)
                return $"'{fact.Name}': {difference}";
        }
        return null;
    }

    private static string? CompareOptimizer(JsonElement expected, MLModel model)
    {
        foreach (JsonProperty fact in expected.EnumerateObject())
        {
            string? difference = fact.Name == "type"
                ? Compare(fact.Value, UpdateDefinition.Read(
                    NetworkSpecification.Of(model.Specification)?.Update).Optimizer == OptimizerKind.Sgd
                    ? "sgdOptimizer"
                    : "adamOptimizer")
                : CompareParameter(fact.Name, fact.Value, model);
            if (difference is not null)
                return $"'{fact.Name}': {difference}";
        }
        return null;
    }

    private static string? CompareLosses(JsonElement expected, IReadOnlyList<LossLayer> losses)
    {
        string[] wanted = [.. expected.EnumerateArray().Select(loss => string.Join(
            ' ', loss.EnumerateObject().OrderBy(field => field.Name).Select(field => field.Value.GetString())))];
        return Compare(wanted, [.. losses.Select(Text)]);

        static string Text(LossLayer loss)
        {
            (string type, string input, string target) = loss.CategoricalCrossEntropyLossLayer is { } entropy
                ? ("categoricalCrossEntropyLossLayer", entropy.Input, entropy.Target)
                : ("meanSquaredErrorLossLayer", loss.MeanSquaredErrorLossLayer.Input,
                    loss.MeanSquaredErrorLossLayer.Target);
            return $"{input} {loss.Name} {target} {type}";
        }
    }

    /// <summary>A parameter with its default, and the range or set that is allowed.</summary>
    private static string? CompareParameter(string name, JsonElement expected, MLModel model)
    {
        MLParameterDescription? parameter = model.ModelDescription.ParameterDescriptionsByKey.Values
            .FirstOrDefault(described => described.Key.Name == name);
        if (expected.ValueKind == JsonValueKind.Null)
            return parameter is null ? null : $"expected none, got {parameter}";
        if (parameter is null)
            return "expected a parameter, got none";
        MLNumericConstraint? allowed = parameter.NumericConstraint;
        foreach (JsonProperty fact in expected.EnumerateObject())
        {
            string? difference = fact.Name switch
            {
                "default" => Compare(fact.Value, parameter.DefaultValue),
                "range" => Compare(fact.Value, [Text(allowed?.MinNumber), Text(allowed?.MaxNumber)]),
                "set" => Compare(fact.Value, [.. (allowed?.EnumeratedNumbers ?? []).Select(number => Text(number))]),
                _ => "is a fact that this program does not know",
            };
            if (difference is not null)
                return $"{fact.Name}: {difference}";
        }
        return null;
    }

    private static string? CompareNames(
        JsonElement expected, IReadOnlyDictionary<string, MLFeatureDescription> features) =>
        Compare(expected, [.. features.Keys]);

    private static string? CompareFeatures(
        JsonElement expected, IReadOnlyDictionary<string, MLFeatureDescription> features)
    {
        string[] wanted = [.. expected.EnumerateArray().Select(feature =>
            $"{feature.GetProperty("name").GetString()} {feature.GetProperty("type").GetString()}")];
        return Compare(wanted, [.. features.Values.Select(feature =>
            $"{feature.Name} {char.ToLowerInvariant($"{feature.Type}"[0])}{$"{feature.Type}"[1..]}Type")]);
    }

    private static string? Compare(JsonElement expected, string[] actual) =>
        Compare([.. expected.EnumerateArray().Select(Text)], actual);

    private static string? Compare(string[] expected, string[] actual) => expected.SequenceEqual(actual)
        ? null
        : $"expected [{string.Join(", ", expected)}], got [{string.Join(", ", actual)}]";

    private static string? Compare(JsonElement expected, object actual) => Text(expected) == Text(actual)
        ? null
        : $"expected {Text(expected)}, got {Text(actual)}";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Text(value.GetDouble()),
        JsonValueKind.True => Text(true),
        JsonValueKind.False => Text(false),
        _ => value.ToString(),
    };

    /// <summary>Numbers of all types alike.</summary>
    private static string Text(object? value) => value is string or bool or null
        ? $"{value}"
        : Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
}
