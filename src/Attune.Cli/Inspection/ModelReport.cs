namespace Attune.Cli.Inspection;

/// <summary>All that <c>inspect</c> tells about a model file.</summary>
internal sealed record ModelReport
{
    public required string Path { get; init; }

    public required long FileBytes { get; init; }

    public required string Type { get; init; }

    public required int SpecificationVersion { get; init; }

    public required bool IsUpdatable { get; init; }

    /// <summary>Description, author and the like, as far as the file has them.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required IReadOnlyList<FeatureReport> Inputs { get; init; }

    public required IReadOnlyList<FeatureReport> Outputs { get; init; }

    public required IReadOnlyList<FeatureReport> TrainingInputs { get; init; }

    /// <summary>The classes of a classifier; null for others.</summary>
    public IReadOnlyList<object>? Labels { get; init; }

    public required IReadOnlyList<ParameterReport> Parameters { get; init; }

    /// <summary>What the model is made of.</summary>
    public required PartReport Structure { get; init; }

    public required TotalsReport Totals { get; init; }

    /// <summary>Every reason why the model cannot predict; empty if it can.</summary>
    public required IReadOnlyList<string> Unsupported { get; init; }

    /// <summary>Where the model breaks Core ML's own rules of the format.</summary>
    public required IReadOnlyList<MLFinding> Findings { get; init; }
}

/// <summary>An input or output.</summary>
internal sealed record FeatureReport(string Name, string Takes, bool IsOptional, string Description);

/// <summary>A hyper-parameter with its default and what is allowed instead.</summary>
internal sealed record ParameterReport(string Name, object Default, string Allowed);

/// <summary>A model, or a stage of one.</summary>
internal sealed record PartReport
{
    public required string Type { get; init; }

    public required IReadOnlyList<FeatureReport> Inputs { get; init; }

    public required IReadOnlyList<FeatureReport> Outputs { get; init; }

    /// <summary>Counts of what it holds: trees, samples, keys.</summary>
    public required IReadOnlyDictionary<string, long> Numbers { get; init; }

    public required IReadOnlyList<LayerReport> Layers { get; init; }

    public required IReadOnlyList<PartReport> Stages { get; init; }

    /// <summary>The names of what goes in and of what comes out.</summary>
    public string Flow() => $"{Names(Inputs)} → {Names(Outputs)}";

    private static string Names(IEnumerable<FeatureReport> features) =>
        string.Join(", ", features.Select(feature => feature.Name));
}

/// <summary>One layer of a network.</summary>
internal sealed record LayerReport
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>One for each output; empty where shapes are not known.</summary>
    public required IReadOnlyList<int[]> Shapes { get; init; }

    public required long Parameters { get; init; }

    public required long WeightBytes { get; init; }

    /// <summary>How the file holds the parameters.</summary>
    public required string Encoding { get; init; }

    public long? MultiplyAdds { get; init; }

    public required bool IsUpdatable { get; init; }

    /// <summary>Why it cannot run; null if it can.</summary>
    public string? Unsupported { get; init; }
}

/// <summary>Sums over all layers of all stages.</summary>
internal sealed record TotalsReport
{
    public required int Layers { get; init; }

    public required long Parameters { get; init; }

    public required long UpdatableParameters { get; init; }

    /// <summary>For one prediction; of some layers it may not be known.</summary>
    public required long MultiplyAdds { get; init; }

    public required long WeightBytes { get; init; }

    /// <summary>Memory between the layers for one prediction; null where it is not known.</summary>
    public long? PredictionBytes { get; init; }
}
