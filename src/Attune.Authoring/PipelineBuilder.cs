using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>
/// Makes a pipeline of models in code: each takes inputs of the whole and what those before it make, by name. It is
/// updatable if its last model is. Not thread-safe.
/// </summary>
/// <remarks>
/// Inputs are what the models take and none before makes; outputs are those of the last model. A pipeline that ends in
/// a classifier or a regressor is one itself. A training sample holds the inputs, and what the last model learns from
/// that no model makes, such as its label.
/// </remarks>
/// <example><code>
/// MLModel drawings = new PipelineBuilder()
///     .Add(embedding, "FeatureExtractor")
///     .Add(classifier, "Classifier")
///     .Build();
/// </code></example>
public sealed class PipelineBuilder
{
    private readonly List<Model> models = [];
    private readonly List<string> names = [];

    /// <summary>Adds a model behind those that there are.</summary>
    /// <param name="model">Any model, with what it has learnt; it is copied.</param>
    /// <param name="name">Its name, which scopes its parameters. Default: <c>model0</c>, <c>model1</c>, …</param>
    /// <exception cref="ArgumentException">The name is empty, or another model has it.</exception>
    public PipelineBuilder Add(MLModel model, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        name ??= FormattableString.Invariant($"model{models.Count}");
        if (name.Length == 0 || names.Contains(name))
            throw new ArgumentException(
                $"A model of a pipeline takes a name of its own; got '{name}'.", nameof(name));
        using var bytes = new MemoryStream();
        model.ToDocument().Write(bytes);
        models.Add(Model.Parser.ParseFrom(bytes.GetBuffer(), 0, (int)bytes.Length));
        names.Add(name);
        return this;
    }

    /// <summary>Makes the pipeline, in memory.</summary>
    /// <exception cref="MLModelFormatException">There are no models, they do not fit together, or another than the last
    /// is updatable.</exception>
    public MLModel Build()
    {
        if (models.Count == 0)
            throw new MLModelFormatException("A pipeline takes one model or more; got none.");
        int early = models.FindIndex(model => model.IsUpdatable);
        if (early >= 0 && early < models.Count - 1)
            throw new MLModelFormatException(
                $"Only the last model of a pipeline may be updatable; '{names[early]}' is, too.", names[early]);
        return MLModel.Of(ModelDocument.Of(ToMessage()));
    }

    /// <summary>Makes the pipeline and writes it, in the form that the extension names.</summary>
    /// <param name="path">Where to. What is there is replaced.</param>
    /// <exception cref="MLModelFormatException">As for <see cref="Build"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => Build().Write(path);

    private Model ToMessage()
    {
        var pipeline = new Pipeline { Models = { models }, Names = { names } };
        Model last = models[^1];
        var whole = new Model
        {
            SpecificationVersion = models.Max(model => model.SpecificationVersion),
            IsUpdatable = last.IsUpdatable,
            Description = Describe(last),
        };
        if (Lowering.ClassLabels.Of(last) is not null)
            whole.PipelineClassifier = new PipelineClassifier { Pipeline = pipeline };
        else if (last.Description.PredictedFeatureName.Length > 0)
            whole.PipelineRegressor = new PipelineRegressor { Pipeline = pipeline };
        else
            whole.Pipeline = pipeline;
        return whole;
    }

    private ModelDescription Describe(Model last)
    {
        var description = new ModelDescription
        {
            Output = { last.Description.Output.Select(output => output.Clone()) },
            PredictedFeatureName = last.Description.PredictedFeatureName,
            PredictedProbabilitiesName = last.Description.PredictedProbabilitiesName,
        };
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (Model model in models)
        {
            description.Input.AddRange(
                model.Description.Input.Where(input => known.Add(input.Name)).Select(input => input.Clone()));
            known.UnionWith(ReferenceEquals(model, last) ? [] : model.Description.Output.Select(output => output.Name));
        }
        if (!last.IsUpdatable)
            return description;
        description.TrainingInput.AddRange(description.Input.Select(input => input.Clone()));
        description.TrainingInput.AddRange(
            last.Description.TrainingInput.Where(input => known.Add(input.Name)).Select(input => input.Clone()));
        return description;
    }
}
