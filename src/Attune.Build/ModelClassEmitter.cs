namespace Attune.Build;

/// <summary>The class of the model itself: loading, predicting, updating.</summary>
internal sealed class ModelClassEmitter(
    string name, ClassOptions options, ModelInterface model, IReadOnlyList<NamedFeature> inputs)
{
    /// <summary>Names that the class cannot have, since its members have them.</summary>
    public static readonly string[] Members =
        ["Model", "ModelPath", "LoadAsync", "Prediction", "Predictions", "UpdateAsync", "Attune", "System"];

    public string Emit() => $$"""
        {{Head}}{{options.Accessibility}} sealed partial class {{name}} : global::Attune.IMLTypedModel<{{name}}>
        {
            private volatile global::Attune.MLModel model;

        {{Constructors()}}
        {{Properties()}}
        {{Predicting()}}{{(model.IsUpdatable ? "\n" + Updating() : "")}}
        }

        """;

    private string Head =>
        Documentation.Summary(model.Description, $"The model {Text.Comment(options.ModelFile)}.", "")
        + Documentation.Remarks(model)
        + ClassEmitter.Attribute;

    private string Constructors() => $$"""
            /// <summary>Loads the model from <see cref="ModelPath"/>.</summary>
            public {{name}}()
                : this(ModelPath)
            {
            }

            /// <summary>Loads the model from <see cref="ModelPath"/> with other settings.</summary>
            public {{name}}(global::Attune.MLModelConfiguration configuration)
                : this(ModelPath, configuration)
            {
            }

            /// <summary>Loads a model of the same kind, such as one that was updated and saved.</summary>
            public {{name}}(string path, global::Attune.MLModelConfiguration? configuration = null)
                : this(global::Attune.MLModel.Load(path, configuration))
            {
            }

            /// <summary>Takes a model that is loaded already.</summary>
            public {{name}}(global::Attune.MLModel model) =>
                this.model = model ?? throw new global::System.ArgumentNullException(nameof(model));

        """;

    private string Properties() => $$"""
            /// <summary>Where the build puts the model.</summary>
            public static string ModelPath { get; } = global::System.IO.Path.Combine(
                global::System.AppContext.BaseDirectory{{PathSegments()}});

            /// <summary>
            /// The model behind this class. Set it, from any thread, to predict with an updated one from now on.
            /// </summary>
            public global::Attune.MLModel Model
            {
                get => this.model;
                set => this.model = value ?? throw new global::System.ArgumentNullException(nameof(value));
            }

            /// <summary>Loads the model from <see cref="ModelPath"/> in the background.</summary>
            public static async global::System.Threading.Tasks.Task<{{name}}> LoadAsync(
                global::Attune.MLModelConfiguration? configuration = null,
                global::System.Threading.CancellationToken cancellationToken = default) =>
                new(await global::Attune.MLModel.LoadAsync(ModelPath, configuration, cancellationToken)
                    .ConfigureAwait(false));

            static {{name}} global::Attune.IMLTypedModel<{{name}}>.Create(global::Attune.MLModel model) => new(model);

        """;

    private string Predicting() => $$"""
            /// <summary>Predicts for one input.</summary>
            public {{name}}Output Prediction({{name}}Input input, global::Attune.MLPredictionOptions? options = null) =>
                new(this.Model.Prediction(input, options));

            /// <summary>Predicts for one input, given by its features.</summary>
        {{InputClassEmitter.ParameterDocs(inputs)}}    public {{name}}Output Prediction(
                {{InputClassEmitter.Parameters(inputs)}}) =>
                this.Prediction(new {{name}}Input({{InputClassEmitter.Arguments(inputs)}}));

            /// <summary>Predicts for many inputs; the outputs have the same order.</summary>
            public global::System.Collections.Generic.IReadOnlyList<{{name}}Output> Predictions(
                global::System.Collections.Generic.IEnumerable<{{name}}Input> inputs,
                global::Attune.MLPredictionOptions? options = null)
            {
                global::Attune.IMLBatchProvider results =
                    this.Model.Predictions(new global::Attune.MLArrayBatchProvider(inputs), options);
                var outputs = new {{name}}Output[results.Count];
                for (int i = 0; i < outputs.Length; i++)
                    outputs[i] = new {{name}}Output(results.GetFeatures(i));
                return outputs;
            }
        """;

    private string Updating() => $$"""

            /// <summary>Learns from samples in the background. The result is new; this model stays as it is.</summary>
            /// <param name="samples">What to learn; read once.</param>
            /// <param name="configuration">Overrides the update parameters of the model file.</param>
            /// <param name="progress">Told at the end of each epoch.</param>
            /// <param name="cancellationToken">Stops the update.</param>
            public global::System.Threading.Tasks.Task<{{name}}> UpdateAsync(
                global::System.Collections.Generic.IEnumerable<{{name}}TrainingInput> samples,
                global::Attune.MLModelConfiguration? configuration = null,
                global::System.IProgress<global::Attune.MLUpdateContext>? progress = null,
                global::System.Threading.CancellationToken cancellationToken = default) =>
                this.UpdateAsync(
                    new global::Attune.MLArrayBatchProvider(samples), configuration, progress, cancellationToken);

            /// <summary>The same for samples that are made while they are read, such as augmented ones.</summary>
            /// <param name="samples">Each with the features of <see cref="{{name}}TrainingInput"/>.</param>
            /// <param name="configuration">Overrides the update parameters of the model file.</param>
            /// <param name="progress">Told at the end of each epoch.</param>
            /// <param name="cancellationToken">Stops the update.</param>
            public async global::System.Threading.Tasks.Task<{{name}}> UpdateAsync(
                global::Attune.IMLBatchProvider samples,
                global::Attune.MLModelConfiguration? configuration = null,
                global::System.IProgress<global::Attune.MLUpdateContext>? progress = null,
                global::System.Threading.CancellationToken cancellationToken = default)
            {
                var task = new global::Attune.MLUpdateTask(this.Model, samples, configuration);
                global::Attune.MLUpdateContext context =
                    await task.RunAsync(progress, cancellationToken).ConfigureAwait(false);
                return new {{name}}(context.Model);
            }
        """;

    private string PathSegments() => string.Concat(options.RelativePath.Split('/', '\\')
        .Where(segment => segment.Length > 0).Select(segment => ", " + Text.Literal(segment)));
}
