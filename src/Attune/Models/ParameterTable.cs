namespace Attune.Models;

/// <summary>The parameters of a model with the values that are in force. Immutable.</summary>
internal sealed class ParameterTable
{
    private readonly IReadOnlyDictionary<MLParameterKey, MLParameterDescription> described;
    private readonly Dictionary<MLParameterKey, object> values;

    /// <summary>The file's own values.</summary>
    public ParameterTable(IReadOnlyDictionary<MLParameterKey, MLParameterDescription> described)
        : this(described, described.ToDictionary(entry => entry.Key, entry => entry.Value.DefaultValue))
    {
    }

    private ParameterTable(
        IReadOnlyDictionary<MLParameterKey, MLParameterDescription> described,
        Dictionary<MLParameterKey, object> values)
    {
        this.described = described;
        this.values = values;
    }

    /// <summary>Every parameter with its value.</summary>
    public IReadOnlyDictionary<MLParameterKey, object> Values => values;

    /// <summary>The value of a parameter, of the type that Core ML gives it; null if there is none.</summary>
    public object? ValueOf(MLParameterKey key) => Resolve(key) is { } known ? values.GetValueOrDefault(known) : null;

    /// <summary>The same with another value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of what the file allows.</exception>
    /// <exception cref="ArgumentException">The model has no such parameter, or the value is of another
    /// type.</exception>
    public ParameterTable With(MLParameterKey key, object value)
    {
        MLParameterKey known = Resolve(key) ?? throw new ArgumentException(
            $"The model has no parameter '{key}'. Its parameters: {string.Join(", ", described.Keys)}.");
        MLParameterDescription description =
            described.GetValueOrDefault(known) ?? new MLParameterDescription(known, MLUpdateOptions.StandardSeed);
        object accepted = description.Accept(value);
        RequireUsable(known, accepted);
        return new ParameterTable(described, new Dictionary<MLParameterKey, object>(values) { [known] = accepted });
    }

    /// <summary>Those of one model of a pipeline, as that model has them.</summary>
    public ParameterTable Of(string stage) => new(
        MLModelDescription.ByKey(
            described.Values
                .Where(parameter => parameter.Key.Within(stage) is not null)
                .Select(parameter => new MLParameterDescription(
                    parameter.Key.Within(stage)!, parameter.DefaultValue, parameter.NumericConstraint))),
        values
            .Where(entry => entry.Key.Within(stage) is not null)
            .ToDictionary(entry => entry.Key.Within(stage)!, entry => entry.Value));

    /// <summary>The same with the values that one model of a pipeline has.</summary>
    public ParameterTable WithStage(string stage, ParameterTable table)
    {
        var all = new Dictionary<MLParameterKey, object>(values);
        foreach ((MLParameterKey key, object value) in table.Values)
            all[key.Under(stage)] = value;
        return new ParameterTable(described, all);
    }

    /// <summary>What no file may allow: counts below 1, numbers that are not finite.</summary>
    private static void RequireUsable(MLParameterKey key, object value)
    {
        bool isCount = key.Name == MLParameterKey.Epochs.Name
            || key.Name == MLParameterKey.MiniBatchSize.Name
            || key.Name == MLParameterKey.NumberOfNeighbors.Name;
        if (isCount && value is long and < 1)
            throw new ArgumentOutOfRangeException(
                nameof(value), $"Parameter '{key}' takes an Int64 of 1 or more; got {value}.");
        if (value is double number && !double.IsFinite(number))
            throw new ArgumentOutOfRangeException(
                nameof(value), $"Parameter '{key}' takes a finite Double; got {number}.");
    }

    /// <summary>
    /// The key as the model has it: the same, or with fewer of the names around it where only one parameter is meant.
    /// A network that trains takes a seed even if its file gives none.
    /// </summary>
    private MLParameterKey? Resolve(MLParameterKey key)
    {
        if (described.ContainsKey(key))
            return key;
        if (Only(described.Keys.Where(known => Means(known, key, key.Name))) is { } found)
            return found;
        return key.Name == MLParameterKey.Seed.Name
            && Only(described.Keys.Where(known => Means(known, key, MLParameterKey.Epochs.Name))) is { } epochs
            ? (epochs.Scope.Length == 0 ? MLParameterKey.Seed : MLParameterKey.Seed.Scoped(epochs.Scope))
            : null;
    }

    private static bool Means(MLParameterKey known, MLParameterKey given, string name) => known.Name == name
        && (given.Scope.Length == 0 || known.Scope == given.Scope
            || known.Scope.EndsWith($".{given.Scope}", StringComparison.Ordinal));

    private static MLParameterKey? Only(IEnumerable<MLParameterKey> candidates)
    {
        MLParameterKey[] all = [.. candidates.Take(2)];
        return all.Length == 1 ? all[0] : null;
    }
}
