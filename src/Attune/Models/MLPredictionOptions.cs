namespace Attune;

/// <summary>How to make a prediction. Core ML's <c>MLPredictionOptions</c>.</summary>
public sealed class MLPredictionOptions
{
    /// <summary>
    /// Where outputs are written, by the name of the output: an <see cref="MLMultiArray"/> for an array, an
    /// <see cref="MLPixelBuffer"/> for an image. The prediction then holds the very object that was given here.
    /// It has the output's shape (or as many elements) and any element type. Default: empty, every output is made anew.
    /// One set of backings serves one prediction at a time; a batch of predictions refuses them.
    /// </summary>
    public IDictionary<string, object> OutputBackings { get; } = new Dictionary<string, object>();
}
