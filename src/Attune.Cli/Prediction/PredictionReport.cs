namespace Attune.Cli.Prediction;

/// <summary>All that <c>predict</c> tells.</summary>
internal sealed record PredictionReport
{
    public required string Model { get; init; }

    public required double LoadMilliseconds { get; init; }

    /// <summary>Of reading the inputs and predicting, all together.</summary>
    public required double PredictMilliseconds { get; init; }

    public required IReadOnlyList<SampleReport> Samples { get; init; }
}

/// <summary>The outputs for one sample.</summary>
internal sealed record SampleReport
{
    public required string Source { get; init; }

    /// <summary>A classifier's labels, most probable first; null for other models.</summary>
    public IReadOnlyList<Ranked>? Top { get; init; }

    /// <summary>Every output by its name: numbers, texts, dictionaries, nested arrays, sizes of images.</summary>
    public required IReadOnlyDictionary<string, object?> Outputs { get; init; }
}

/// <summary>A label and its probability.</summary>
internal sealed record Ranked(object Label, double Probability);
