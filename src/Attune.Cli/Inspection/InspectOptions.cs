namespace Attune.Cli.Inspection;

/// <summary>What to inspect.</summary>
internal sealed record InspectOptions
{
    public required string Model { get; init; }

    /// <summary>Where to write a page; null: nowhere.</summary>
    public string? Html { get; init; }
}
