namespace Attune;

/// <summary>
/// How a model is loaded and updated. Core ML's <c>MLModelConfiguration</c>. A model and a task copy what they are
/// given:
/// later changes have no effect on them.
/// </summary>
public sealed class MLModelConfiguration
{
    private IDictionary<MLParameterKey, object> parameters = new Dictionary<MLParameterKey, object>();
    private IDictionary<string, MLCustomModelFactory> customModels = new Dictionary<string, MLCustomModelFactory>();

    /// <summary>
    /// Values instead of the file's own. <see cref="int"/> and <see cref="long"/> serve as Int64; <see cref="int"/>,
    /// <see cref="float"/>
    /// and <see cref="double"/> as Double; <see cref="bool"/> as Bool; an <see cref="MLMultiArray"/> as weights or
    /// biases of the layer that the key is scoped to. Default: empty. Values are checked where they are used: when a
    /// model is loaded or a task is made.
    /// </summary>
    public IDictionary<MLParameterKey, object> Parameters => parameters;

    /// <summary>
    /// What computes models, and stages of pipelines, that the file alone does not: by the class name of a
    /// <c>customModel</c>, or by the name of a type whose content is in Apple's systems (<c>visionFeaturePrint</c>,
    /// <c>audioFeaturePrint</c>, <c>soundAnalysisPreprocessing</c>, <c>textClassifier</c>, <c>wordTagger</c>,
    /// <c>gazetteer</c>, <c>wordEmbedding</c>, <c>serializedModel</c>). Default: empty; such models then load, describe
    /// themselves, and refuse to predict. A factory that fails makes loading fail with an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    public IDictionary<string, MLCustomModelFactory> CustomModels => customModels;

    /// <summary>
    /// Kept for code that carries over; Attune computes on the processor. Default: <see cref="MLComputeUnits.All"/>.
    /// </summary>
    public MLComputeUnits ComputeUnits { get; set; } = MLComputeUnits.All;

    /// <summary>A name for the model in messages, traces and measurements.</summary>
    /// <value>Default: null, the name of its file without the extension; a model from a stream or from memory then has
    /// none.</value>
    public string? ModelDisplayName { get; set; }

    /// <summary>The most threads that one prediction or update uses, 1 or more. Results do not depend on it. With more
    /// than 1, the first network of a process is loaded while another thread has its arithmetic compiled.</summary>
    /// <value>Default: the number of processors.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxThreads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>
    /// How nearest-neighbours classifiers measure, for predictions; beyond Core ML, and not saved.
    /// </summary>
    /// <value>Default: <see cref="MLNeighborDistance.Euclidean"/>.</value>
    public MLNeighborDistance NeighborDistance { get; set; }

    /// <summary>
    /// The folders that linked models are taken from. A link that leads elsewhere is refused, whatever the file says.
    /// They also stand for <c>$BUNDLE_MAIN</c> and <c>$BUNDLE_IDENTIFIER(…)</c> in a search path.
    /// </summary>
    /// <value>Paths; relative ones count from the current folder. Default: null, the folder that the model itself
    /// stands in; a model that was loaded from memory or a stream then has none.</value>
    public IReadOnlyCollection<string>? LinkedModelFolders { get; set; }

    /// <summary>What an update can do beyond Core ML's own API.</summary>
    public MLUpdateOptions UpdateOptions { get; set; } = new();

    internal MLModelConfiguration Copy()
    {
        var copy = (MLModelConfiguration)MemberwiseClone();
        copy.parameters = new Dictionary<MLParameterKey, object>(parameters);
        copy.customModels = new Dictionary<string, MLCustomModelFactory>(customModels);
        copy.LinkedModelFolders = LinkedModelFolders is { } folders ? [.. folders] : null;
        return copy;
    }
}
