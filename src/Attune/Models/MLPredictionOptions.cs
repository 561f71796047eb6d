namespace Attune;

/// <summary>How to make a prediction. Core ML's <c>MLPredictionOptions</c>.</summary>
public sealed class MLPredictionOptions
{
    private readonly Dictionary<string, object> outputBackings = [];

    /// <summary>
    /// Where outputs are written, by the name of the output: an <see cref="MLMultiArray"/> for an array, an
    /// <see cref="MLPixelBuffer"/> for an image. The prediction then holds the very object that was given here.
    /// It has the output's shape (or as many elements) and any element type. Default: empty, every output is made anew.
    /// One set of backings serves one prediction at a time; a batch of predictions refuses them.
    /// </summary>
    /// <remarks>With a backing for every output, predictions of a neural network that go on using the same options
    /// allocate nothing: they return the same <see cref="IMLFeatureProvider"/> each time.</remarks>
    public IDictionary<string, object> OutputBackings => outputBackings;

    /// <summary>The same without an interface, which would have to be asked for an enumerator.</summary>
    internal Dictionary<string, object> Backings => outputBackings;

    /// <summary>What the last prediction returned, to be returned again if it would hold the same.</summary>
    internal IMLFeatureProvider? Returned { get; set; }
}
