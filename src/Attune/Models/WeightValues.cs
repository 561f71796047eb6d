using Attune.Graph;

namespace Attune.Models;

/// <summary>Weights that a caller gives instead of a layer's own.</summary>
internal static class WeightValues
{
    /// <summary>A float32 copy in the layer's own order.</summary>
    /// <exception cref="ArgumentException">The number of elements is another, or one is not finite.</exception>
    public static float[] Read(MLParameterKey key, Parameter parameter, MLMultiArray values)
    {
        if (values.Count != parameter.Shape.Count)
            throw new ArgumentException(
                $"Parameter '{key}' takes an MLMultiArray of {parameter.Shape.Count} elements, {parameter.Shape}; " +
                $"got {values.Count}, [{string.Join('×', values.Shape)}].");
        var copy = new float[values.Count];
        values.CopyTo(copy);
        if (copy.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            throw new ArgumentException($"Parameter '{key}' takes finite numbers; got a NaN or an infinity.");
        return copy;
    }
}
