using Attune.Files;
using Attune.Format;
using Attune.Format.Validation;
using Attune.Lowering;
using Attune.Models;
using Attune.Runtime;

namespace Attune;

/// <summary>
/// A Core ML model: loaded from a file, described, used for predictions, written again. Immutable, and safe to use from
/// many threads; an update makes a new one and leaves this as it is. Core ML's <c>MLModel</c>, except that it also
/// loads
/// <c>.mlmodel</c> and <c>.mlpackage</c> without compiling them first.
/// </summary>
public sealed partial class MLModel : IMLWritable
{
    private readonly ModelDocument document;
    private readonly ModelSource? origin;
    private readonly MLModelConfiguration configuration;

    private MLModel(
        ModelDocument document,
        Format.Specification.Model specification,
        ModelSource? origin,
        MLModelDescription description,
        ModelImplementation implementation,
        MLModelConfiguration configuration,
        ParameterTable parameters)
    {
        this.document = document;
        this.origin = origin;
        this.configuration = configuration;
        Specification = specification;
        ModelDescription = implementation.Describe(description);
        Implementation = implementation;
        ParameterTable = parameters;
    }

    /// <summary>
    /// Inputs, outputs, training inputs, labels, parameters and metadata, as the file describes them.
    /// </summary>
    public MLModelDescription ModelDescription { get; }

    /// <summary>A copy of the configuration that the model was loaded with.</summary>
    public MLModelConfiguration Configuration => configuration.Copy();

    internal ModelImplementation Implementation { get; }

    internal ParameterTable ParameterTable { get; }

    /// <summary>The file's own message, without its weights; of a model in a pipeline its own part of it.</summary>
    internal Format.Specification.Model Specification { get; }

    /// <summary>
    /// The samples of a nearest-neighbours classifier, or of the one that a pipeline ends with; null for other models.
    /// Beyond Core ML.
    /// </summary>
    public MLNearestNeighbors? NearestNeighbors => MLNearestNeighbors.Of(this);

    /// <summary>
    /// Loads a model from a <c>.mlmodel</c> file, or a <c>.mlpackage</c> or <c>.mlmodelc</c> directory.
    /// </summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="configuration">Parameters and limits; null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no file at <paramref name="path"/>.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no folder there, or none that could hold it.</exception>
    /// <exception cref="MLModelFormatException">It is no model, or contradicts itself.</exception>
    /// <exception cref="MLModelNotSupportedException">It is in a form that cannot be read. (A model whose type or
    /// layers cannot run loads, and is refused when it is asked to predict.)</exception>
    /// <exception cref="ArgumentException">A parameter of the configuration is not what the model takes.</exception>
    public static MLModel Load(string path, MLModelConfiguration? configuration = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Observed(path, configuration, () =>
        {
            OpenedModel opened = ModelStore.Open(path);
            return Make(opened.Document, opened.Source, configuration);
        });
    }

    /// <summary>Loads a model from a stream that holds a <c>.mlmodel</c> file, up to the stream's end.</summary>
    /// <inheritdoc cref="Load(string, MLModelConfiguration?)"/>
    public static MLModel Load(Stream stream, MLModelConfiguration? configuration = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Observed(
            path: null, configuration, () => Make(ModelDocument.Read(stream), origin: null, configuration));
    }

    /// <summary>Loads a model from memory that holds a <c>.mlmodel</c> file.</summary>
    /// <inheritdoc cref="Load(string, MLModelConfiguration?)"/>
    public static MLModel Load(ReadOnlyMemory<byte> specification, MLModelConfiguration? configuration = null) =>
        Observed(
            path: null, configuration, () => Make(ModelDocument.Read(specification), origin: null, configuration));

    /// <summary>The same as <see cref="Load(string, MLModelConfiguration?)"/>, away from the caller's thread.</summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="configuration">Parameters and limits; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up waiting for the model.</param>
    public static async Task<MLModel> LoadAsync(
        string path, MLModelConfiguration? configuration = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MLModelConfiguration? copy = configuration?.Copy();
        MLModel? model = null;
        await BackgroundWork.Start(() => model = Load(path, copy), "Attune load")
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        return model!;
    }

    /// <summary>
    /// Makes a <c>.mlmodelc</c> directory, Attune's own form for fast loading, in a temporary place. Core ML's
    /// <c>compileModel(at:)</c>; Apple's tools cannot open it, so keep the <c>.mlmodel</c> or write one with
    /// <see cref="Write"/>.
    /// </summary>
    /// <param name="path">A <c>.mlmodel</c> file or <c>.mlpackage</c> directory.</param>
    /// <returns>The directory. It is the caller's: move it to keep it.</returns>
    public static string CompileModel(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        MLModel model = Load(path);
        string folder = Directory.CreateTempSubdirectory("attune-").FullName;
        string name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path));
        string compiled = Path.Combine(folder, name + ".mlmodelc");
        try
        {
            model.Write(compiled);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
        return compiled;
    }

    /// <summary>One prediction.</summary>
    /// <param name="input">A value for every input that is not optional.</param>
    /// <param name="options">Where outputs are written; null for new ones.</param>
    /// <returns>A value for every output.</returns>
    /// <exception cref="MLFeatureException">A value is missing, or is not what the model takes.</exception>
    /// <exception cref="MLModelNotSupportedException">The model's type or some of its layers cannot run; all reasons
    /// are given.</exception>
    public IMLFeatureProvider Prediction(IMLFeatureProvider input, MLPredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ObservedPrediction.IsWanted
            ? PredictObserved(input, options)
            : Implementation.Predict(input, options);
    }

    /// <summary>A prediction for every member of a batch.</summary>
    /// <param name="batch">The inputs.</param>
    /// <param name="options">Takes no output backings here; null for the defaults.</param>
    /// <returns>As many outputs, in the same order.</returns>
    /// <exception cref="MLFeatureException">A value is missing, or is not what the model takes; it names the member of
    /// the batch.</exception>
    /// <exception cref="MLModelNotSupportedException">The model's type or some of its layers cannot run; all reasons
    /// are given.</exception>
    public IMLBatchProvider Predictions(IMLBatchProvider batch, MLPredictionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (options?.OutputBackings.Count > 0)
            throw new ArgumentException(
                "Predictions of a batch take no output backings: all members would share them. " +
                "Use Prediction for each.",
                nameof(options));
        int count = Math.Max(0, batch.Count);
        return new MLArrayBatchProvider(ObservedPrediction.IsWanted
            ? PredictObserved(batch, count)
            : Implementation.PredictBatch(batch, first: 0, count));
    }

    /// <summary>
    /// Compares the model's predictions with samples whose answers are known. Each sample is read once; samples are
    /// predicted in batches and forgotten, so that a folder of any size can be evaluated.
    /// </summary>
    /// <param name="batch">Samples that hold, beside the inputs, the answer under the name of the model's predicted
    /// feature (<see cref="MLModelDescription.PredictedFeatureName"/>): training samples do. At least one.</param>
    /// <param name="cancellationToken">Gives up at the next sample.</param>
    /// <exception cref="MLFeatureException">A value or an answer is missing, or not what the model takes.</exception>
    /// <exception cref="MLModelNotSupportedException">The model is no classifier or regressor, or cannot run.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public MLEvaluation Evaluate(IMLBatchProvider batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Evaluator.Evaluate(this, batch, cancellationToken);
    }

    /// <summary>
    /// The value of a parameter: a hyper-parameter, or the weights or biases of the layer that the key is scoped to.
    /// </summary>
    /// <returns>A <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, or an
    /// <see cref="MLMultiArray"/>
    /// that holds a copy, laid out as in the file: [outputs×inputs] for an inner product,
    /// [outputs×inputs/groups×height×width] for a convolution.</returns>
    /// <exception cref="ArgumentException">The model has no such parameter.</exception>
    public object ParameterValue(MLParameterKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Implementation.WeightsOf(key)
            ?? ParameterTable.ValueOf(key)
            ?? throw new ArgumentException(
                $"The model has no parameter '{key}'. Weights and biases take a key that is scoped to " +
                "a layer which has them; " +
                $"other parameters: {string.Join(", ", ModelDescription.ParameterDescriptionsByKey.Keys)}.",
                nameof(key));
    }

    /// <inheritdoc/>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelStore.Save(path, document, Implementation.Changes(), origin);
    }

    /// <summary>The model as a document of its own, with what it has learnt.</summary>
    internal ModelDocument ToDocument()
    {
        ModelChanges changes = Implementation.Changes();
        if (changes.IsEmpty)
            return document;
        using var bytes = new MemoryStream();
        document.Write(bytes, changes);
        return ModelDocument.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    /// <summary>The same model with another implementation, such as one with trained weights, and parameters.</summary>
    internal MLModel With(ModelImplementation implementation, ParameterTable parameters) =>
        new(document, Specification, origin, ModelDescription, implementation, configuration, parameters);

    /// <summary>The same model with other parameters: hyper-parameters, weights, biases.</summary>
    /// <exception cref="ArgumentException">A parameter is not what the model takes.</exception>
    internal MLModel With(IEnumerable<KeyValuePair<MLParameterKey, object>> parameters)
    {
        ModelImplementation implementation = Implementation;
        ParameterTable table = ParameterTable;
        foreach ((MLParameterKey key, object value) in parameters)
        {
            if (value is MLMultiArray weights)
                implementation = implementation.WithWeights(key, weights);
            else
                table = table.With(key, value);
        }
        if (!ReferenceEquals(table, ParameterTable))
            implementation = implementation.WithParameters(table);
        return With(implementation, table);
    }

    /// <summary>A model of this pipeline, which has the parameters of this one and cannot be saved alone.</summary>
    internal MLModel Stage(PipelineStage stage) => new(
        document,
        stage.Specification,
        origin,
        stage.Description,
        stage.Implementation,
        configuration,
        ParameterTable.Of(stage.Name));

    /// <summary>A model of a document that is in memory already.</summary>
    internal static MLModel Of(ModelDocument document, MLModelConfiguration? configuration = null) =>
        Make(document, origin: null, configuration);

    private static MLModel Make(ModelDocument document, ModelSource? origin, MLModelConfiguration? given)
    {
        MLModelConfiguration configuration = given?.Copy() ?? new MLModelConfiguration();
        if (configuration.MaxThreads > 1)
            ModelFactory.WarmUp(document.Model);
        ModelValidation.Require(document);
        MLModelDescription description = DescriptionReader.Read(document.Model);
        var parameters = new ParameterTable(description.ParameterDescriptionsByKey);
        foreach ((MLParameterKey key, object value) in configuration.Parameters)
            if (value is not MLMultiArray)
                parameters = parameters.With(key, value);
        var workers = Workers.For(configuration.MaxThreads);
        var links = new ModelLinks(origin, configuration.LinkedModelFolders);
        ModelImplementation implementation = ModelFactory.Make(new ModelContext(
            document, document.Model, description, parameters, links, configuration, workers));
        return new MLModel(
                document, document.Model, origin, description, implementation, configuration, parameters)
            .With(configuration.Parameters.Where(parameter => parameter.Value is MLMultiArray));
    }
}
