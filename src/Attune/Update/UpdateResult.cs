namespace Attune.Update;

/// <summary>What a training routine ends with.</summary>
internal sealed record UpdateResult(MLModel Model, IReadOnlyDictionary<MLMetricKey, object> Metrics);
