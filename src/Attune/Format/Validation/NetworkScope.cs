namespace Attune.Format.Validation;

/// <summary>
/// The values that a layer of a network may take: those of its own network that are made before it, and those of the
/// networks around it. A nested network has a scope of its own inside another's, so that what it makes is known outside
/// only where its layer says so.
/// </summary>
/// <param name="outer">The scope of the network around; null for the model's own network.</param>
internal sealed class NetworkScope(NetworkScope? outer = null)
{
    private readonly Dictionary<string, HashSet<string>> makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> ranks = new(StringComparer.Ordinal);

    /// <summary>Whether arrays have any rank; if not, all have rank 5, and nothing is known of ranks.</summary>
    public bool IsExact { get; init; } = outer?.IsExact ?? false;

    /// <summary>How many loops there are around the network.</summary>
    public int Loops { get; init; } = outer?.Loops ?? 0;

    /// <summary>The names of values that are made in this network itself.</summary>
    public IEnumerable<string> Own => makers.Keys;

    public bool Has(string value) => makers.ContainsKey(value) || outer?.Has(value) == true;

    /// <summary>Says that a layer makes a value; several may, where they stand in different branches.</summary>
    public void Add(string value, string maker)
    {
        if (!makers.TryGetValue(value, out HashSet<string>? names))
            makers[value] = names = new HashSet<string>(1, StringComparer.Ordinal);
        names.Add(maker);
    }

    /// <summary>Whether a layer of this network makes the value, and none of those around it has its name.</summary>
    public bool MakesAnew(string value) =>
        makers.TryGetValue(value, out HashSet<string>? names)
        && !names.All(name => outer?.IsMaker(value, name) == true);

    /// <summary>How many layers make the value.</summary>
    public int CountMakers(string value) =>
        (makers.TryGetValue(value, out HashSet<string>? names) ? names.Count : 0) + (outer?.CountMakers(value) ?? 0);

    /// <summary>Takes what a nested network makes of a value as made here.</summary>
    public void Take(string value, NetworkScope nested)
    {
        if (nested.makers.TryGetValue(value, out HashSet<string>? names))
            foreach (string name in names)
                Add(value, name);
    }

    /// <summary>The rank that some layer has said a value has; null if none has.</summary>
    public int? Rank(string value) => ranks.TryGetValue(value, out int rank) ? rank : outer?.Rank(value);

    public void SetRank(string value, int rank) => ranks[value] = rank;

    private bool IsMaker(string value, string maker) =>
        (makers.TryGetValue(value, out HashSet<string>? names) && names.Contains(maker))
        || outer?.IsMaker(value, maker) == true;
}
