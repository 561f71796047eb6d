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
        if (model.KNearestNeighborsClassifier is { NumberOfNeighbors: not null } neighbors)
            WriteInteger(json, "numberOfNeighbors", neighbors.NumberOfNeighbors);
        json.WriteEndArray();

        NetworkUpdateParameters? update = model.NeuralNetwork?.UpdateParams
            ?? model.NeuralNetworkClassifier?.UpdateParams
            ?? model.NeuralNetworkRegressor?.UpdateParams;
        json.WriteStartArray("updateParameters");
        if (update is not null)
            WriteUpdate(json, update);
        json.WriteEndArray();
    }

    private static void WriteUpdate(Utf8JsonWriter json, NetworkUpdateParameters update)
    {
        WriteInteger(json, "epochs", update.Epochs);
        WriteInteger(json, "seed", update.Seed);
        if (update.Shuffle is not null)
            WriteOne(json, "shuffle", "Bool", update.Shuffle.DefaultValue ? "1" : "0", null, null);
        SGDOptimizer? sgd = update.Optimizer?.SgdOptimizer;
        AdamOptimizer? adam = update.Optimizer?.AdamOptimizer;
        WriteReal(json, "learningRate", sgd?.LearningRate ?? adam?.LearningRate);
        WriteInteger(json, "miniBatchSize", sgd?.MiniBatchSize ?? adam?.MiniBatchSize);
        WriteReal(json, "momentum", sgd?.Momentum);
        WriteReal(json, "beta1", adam?.Beta1);
        WriteReal(json, "beta2", adam?.Beta2);
        WriteReal(json, "eps", adam?.Eps);
    }

    private static void WriteInteger(Utf8JsonWriter json, string name, Int64Parameter? parameter)
    {
        if (parameter is null)
            return;
        string? range = parameter.Range is { } bounds ? $"[{Text(bounds.MinValue)}, {Text(bounds.MaxValue)}]" : null;
        string? set = parameter.Set is { } values ? $"[{string.Join(", ", values.Values.Select(Text))}]" : null;
        WriteOne(json, name, "Int64", Text(parameter.DefaultValue), range, set);
    }

    private static void WriteReal(Utf8JsonWriter json, string name, DoubleParameter? parameter)
    {
        if (parameter is null)
            return;
        string? range = parameter.Range is { } bounds ? $"[{Text(bounds.MinValue)}, {Text(bounds.MaxValue)}]" : null;
        WriteOne(json, name, "Double", Text(parameter.DefaultValue), range, null);
    }

    private static void WriteOne(
        Utf8JsonWriter json, string name, string type, string value, string? range, string? set)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("scope", "");
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
