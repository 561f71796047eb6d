namespace Attune.Models;

/// <summary>The hyper-parameters of a model with the values that are in force. Immutable.</summary>
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
    /// The key as the model has it: the same, or without scope where only one parameter has that name. A network that
    /// trains takes a seed even if its file gives none.
    /// </summary>
    private MLParameterKey? Resolve(MLParameterKey key)
    {
        if (described.ContainsKey(key))
            return key;
        if (key.Scope.Length > 0)
            return null;
        if (key.Equals(MLParameterKey.Seed) && described.ContainsKey(MLParameterKey.Epochs))
            return key;
        MLParameterKey[] candidates = [.. described.Keys.Where(candidate => candidate.Name == key.Name)];
        return candidates.Length == 1 ? candidates[0] : null;
    }
}
