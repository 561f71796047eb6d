namespace Attune.Cli.Data;

/// <summary>Samples for a model, each with a name to show.</summary>
/// <param name="Names">Such as the path of an image, or a row of a table.</param>
/// <param name="Batch">As many samples.</param>
internal sealed record Samples(IReadOnlyList<string> Names, IMLBatchProvider Batch)
{
    public static Samples Of(IReadOnlyList<(string Name, IMLFeatureProvider Features)> samples) => new(
        [.. samples.Select(sample => sample.Name)],
        new MLArrayBatchProvider(samples.Select(sample => sample.Features)));

    public static Samples One(string name, IReadOnlyDictionary<string, MLFeatureValue> values) =>
        Of([(name, new MLDictionaryFeatureProvider(values))]);
}
