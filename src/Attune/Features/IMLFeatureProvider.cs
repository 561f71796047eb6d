namespace Attune;

/// <summary>Values by name: one input, one output or one training sample of a model.</summary>
/// <remarks>Core ML: <c>MLFeatureProvider</c>. Implement it to hand over your own objects without copying.</remarks>
public interface IMLFeatureProvider
{
    /// <summary>The names of all features.</summary>
    IReadOnlySet<string> FeatureNames { get; }

    /// <summary>The value of a feature.</summary>
    /// <param name="featureName">A name; case matters.</param>
    /// <returns>The value; null if there is no such feature.</returns>
    MLFeatureValue? GetFeatureValue(string featureName);
}
