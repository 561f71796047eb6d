namespace Attune;

/// <summary>
/// A feature value is not what the model, or its batch, takes. The facts stand in the properties.
/// </summary>
public sealed class MLFeatureException : Exception
{
    /// <summary>An exception with its message.</summary>
    /// <param name="message">Full sentences: which feature takes what; what it got; what to do.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public MLFeatureException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>The number of the sample in its batch, from 0; null if there is no batch.</summary>
    public int? SampleIndex { get; init; }

    /// <summary>The name of the feature; null if the trouble is with no single one.</summary>
    public string? FeatureName { get; init; }

    /// <summary>What the feature takes; null if not known.</summary>
    public string? Expected { get; init; }

    /// <summary>What it got; null if not known.</summary>
    public string? Got { get; init; }

    /// <summary>The message made of the facts: <c>Sample 3: feature 'x' takes …; got ….</c></summary>
    /// <param name="featureName">Name of the feature.</param>
    /// <param name="expected">Begins with its verb: "takes a multi-array Float32 [3]".</param>
    /// <param name="got">A noun: "MultiArray Float32 [4]".</param>
    /// <param name="sampleIndex">Number of the sample in its batch.</param>
    internal static MLFeatureException Of(string featureName, string expected, string got, int? sampleIndex = null)
    {
        string start = sampleIndex is { } index ? $"Sample {index}: feature" : "Feature";
        return new MLFeatureException($"{start} '{featureName}' {expected}; got {got}.")
        {
            SampleIndex = sampleIndex,
            FeatureName = featureName,
            Expected = expected,
            Got = got,
        };
    }

    /// <summary>The same, said of a member of a batch.</summary>
    internal MLFeatureException InSample(int index) =>
        new($"Sample {index}: {char.ToLowerInvariant(Message[0])}{Message[1..]}", this)
        {
            SampleIndex = index,
            FeatureName = FeatureName,
            Expected = Expected,
            Got = Got,
        };
}
