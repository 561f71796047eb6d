using System.Text.Json;

namespace Attune.Conformance;

/// <summary>
/// The list of cases that do not pass and are known not to, each with its reason; and of layers, model types and modes
/// that do not run yet. A case that passes is never known.
/// </summary>
internal sealed class KnownDifferences
{
    private readonly Dictionary<string, string> cases;
    private readonly Dictionary<string, string> unsupported;

    /// <param name="json">
    /// <c>cases</c>: reasons by <c>suite/case</c>, where a name that ends with <c>*</c> stands for all that begin so;
    /// <c>unsupported</c>: reasons by layer, type or mode.
    /// </param>
    public KnownDifferences(JsonElement json)
    {
        cases = Reasons(json, "cases");
        unsupported = Reasons(json, "unsupported");
    }

    /// <summary>The list that belongs to this program.</summary>
    public static KnownDifferences Committed()
    {
        using Stream file = typeof(KnownDifferences).Assembly.GetManifestResourceStream("known-differences.json")!;
        using JsonDocument json = JsonDocument.Parse(file);
        return new KnownDifferences(json.RootElement.Clone());
    }

    /// <summary>Why a result is as it is; null if it is none that is known.</summary>
    public string? Reason(CaseResult result) => result.Verdict switch
    {
        Verdict.Passed => null,
        Verdict.NotSupported => ReasonOfMissing(result.Missing) ?? ReasonOf(result.Case.Name),
        _ => ReasonOf(result.Case.Name),
    };

    private string? ReasonOfMissing(IReadOnlyList<string> missing) =>
        missing.Count > 0 && missing.All(unsupported.ContainsKey)
            ? string.Join("; ", missing.Select(part => $"unsupported: {part} ({unsupported[part]})"))
            : null;

    private string? ReasonOf(string name) =>
        cases.TryGetValue(name, out string? reason)
            ? reason
            : cases.FirstOrDefault(entry =>
                entry.Key.EndsWith('*') && name.StartsWith(entry.Key[..^1], StringComparison.Ordinal)).Value;

    private static Dictionary<string, string> Reasons(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
}
