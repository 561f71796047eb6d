using System.Globalization;
using System.Text.Json;
using Attune.Format.Specification;

namespace Attune.Format;

/// <summary>Describes in JSON the parameters of a model that a user may change.</summary>
internal static class ParameterJson
{
    public static void Write(Utf8JsonWriter json, Model model)
    {
        json.WriteStartArray("modelParameters");
        WriteNeighbors(json, "", model);
        json.WriteEndArray();
        json.WriteStartArray("updateParameters");
        WriteUpdate(json, "", model);
        json.WriteEndArray();
    }

    private static void WriteNeighbors(Utf8JsonWriter json, string scope, Model model)
    {
        if (model.KNearestNeighborsClassifier is { NumberOfNeighbors: not null } neighbors)
            WriteInteger(json, scope, "numberOfNeighbors", neighbors.NumberOfNeighbors);
        foreach ((Model stage, string name) in ModelFacts.Stages(model).Zip(ModelFacts.StageNames(model)))
            WriteNeighbors(json, Within(scope, name), stage);
    }

    private static void WriteUpdate(Utf8JsonWriter json, string scope, Model model)
    {
        NetworkUpdateParameters? update = model.NeuralNetwork?.UpdateParams
            ?? model.NeuralNetworkClassifier?.UpdateParams
            ?? model.NeuralNetworkRegressor?.UpdateParams;
        if (update is not null)
            WriteUpdate(json, scope, update);
        // Only the last model of a pipeline learns.
        else if (ModelFacts.Stages(model) is { Count: > 0 } stages && ModelFacts.StageNames(model) is var names
            && names.Count == stages.Count)
            WriteUpdate(json, Within(scope, names[^1]), stages[^1]);
    }

    private static string Within(string scope, string name) => scope.Length == 0 ? name : $"{scope}.{name}";

    private static void WriteUpdate(Utf8JsonWriter json, string scope, NetworkUpdateParameters update)
    {
        WriteInteger(json, scope, "epochs", update.Epochs);
        WriteInteger(json, scope, "seed", update.Seed);
        if (update.Shuffle is not null)
            WriteOne(json, scope, "shuffle", "Bool", update.Shuffle.DefaultValue ? "1" : "0", null, null);
        SGDOptimizer? sgd = update.Optimizer?.SgdOptimizer;
        AdamOptimizer? adam = update.Optimizer?.AdamOptimizer;
        WriteReal(json, scope, "learningRate", sgd?.LearningRate ?? adam?.LearningRate);
        WriteInteger(json, scope, "miniBatchSize", sgd?.MiniBatchSize ?? adam?.MiniBatchSize);
        WriteReal(json, scope, "momentum", sgd?.Momentum);
        WriteReal(json, scope, "beta1", adam?.Beta1);
        WriteReal(json, scope, "beta2", adam?.Beta2);
        WriteReal(json, scope, "eps", adam?.Eps);
    }

    private static void WriteInteger(Utf8JsonWriter json, string scope, string name, Int64Parameter? parameter)
    {
        if (parameter is null)
            return;
        string? range = parameter.Range is { } bounds ? $"[{Text(bounds.MinValue)}, {Text(bounds.MaxValue)}]" : null;
        string? set = parameter.Set is { } values ? $"[{string.Join(", ", values.Values.Select(Text))}]" : null;
        WriteOne(json, scope, name, "Int64", Text(parameter.DefaultValue), range, set);
    }

    private static void WriteReal(Utf8JsonWriter json, string scope, string name, DoubleParameter? parameter)
    {
        if (parameter is null)
            return;
        string? range = parameter.Range is { } bounds ? $"[{Text(bounds.MinValue)}, {Text(bounds.MaxValue)}]" : null;
        WriteOne(json, scope, name, "Double", Text(parameter.DefaultValue), range, null);
    }

    private static void WriteOne(
        Utf8JsonWriter json, string scope, string name, string type, string value, string? range, string? set)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("scope", scope);
        json.WriteString("dataType", type);
        json.WriteString("defaultValue", value);
        if (range is not null)
            json.WriteString("allowedRange", range);
        if (set is not null)
            json.WriteString("allowedSet", set);
        json.WriteString("shortDescription", "");
        json.WriteEndObject();
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
