using System.Text.Json.Nodes;

namespace Attune.Benchmarks.Compare;

/// <summary>One task that both sides do, and the rows of the table that come out of it.</summary>
/// <param name="Task">train, infer, gemm or load: what <c>--only</c> chooses by.</param>
/// <param name="Ours">Arguments of the route benchmark.</param>
/// <param name="Theirs">The peer's command; null where the number stands for itself.</param>
/// <param name="Rows">What is read from the two results.</param>
internal sealed record Match(string Task, string[] Ours, PeerCommand? Theirs, params IReadOnlyList<Row> Rows);

/// <summary>A row of the table.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Target">What is aimed at; null: the number is only printed.</param>
/// <param name="Value">The number, from the lines that we and the peer printed.</param>
internal sealed record Row(
    string Work, Target? Target, Func<IReadOnlyList<JsonNode>, IReadOnlyList<JsonNode>, double> Value)
{
    /// <summary>How we and the peer fared, in a few words; null for rows without a peer.</summary>
    public Func<IReadOnlyList<JsonNode>, string>? Detail { get; init; }

    /// <summary>Written behind the number.</summary>
    public string Unit { get; init; } = "×";
}

/// <summary>A bound on a number.</summary>
internal readonly record struct Target(double Bound, bool IsMost = false)
{
    public bool IsMet(double value) => IsMost ? value <= Bound : value >= Bound;

    public override string ToString() => IsMost ? $"≤ {Bound:0.##}" : $"≥ {Bound:0.##}";
}
