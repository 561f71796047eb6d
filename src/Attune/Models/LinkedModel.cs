using Attune.Format;
using Attune.Lowering;

namespace Attune.Models;

/// <summary>A model in another file, which many models may share.</summary>
internal sealed class LinkedModel : ModelImplementation
{
    private readonly ModelContext context;
    private readonly (string Name, string SearchPath) link;
    private readonly ModelImplementation target;

    private LinkedModel(ModelContext context, (string Name, string SearchPath) link, ModelImplementation target)
    {
        this.context = context;
        this.link = link;
        this.target = target;
    }

    /// <exception cref="MLModelFormatException">The link leads where it may not, in a circle, or to a model with
    /// another interface.</exception>
    public static ModelImplementation Make(ModelContext context)
    {
        (string Name, string SearchPath) link = LinkOf(context.Parameters);
        if (link.Name.Length == 0)
            throw new MLModelFormatException("A linked model takes the name of a model's file; got none.");
        if (context.Links.Search.Find(link.Name, link.SearchPath) is not { } path)
            return NotFound(context, link);
        LinkTarget target = context.Links.Follow(path, links => Load(path, links, context));
        RequireInterface(context.Description, target.Description, path);
        return target.Implementation is NotSupportedModel
            ? target.Implementation
            : new LinkedModel(context, link, target.Implementation);
    }

    public override IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options) =>
        target.Predict(input, options);

    public override IMLFeatureProvider[] PredictBatch(IMLBatchProvider batch, int first, int count) =>
        target.PredictBatch(batch, first, count);

    public override ModelImplementation WithParameters(ParameterTable parameters) =>
        LinkOf(parameters) == link
            ? this
            : Make(context with { Parameters = parameters, Links = context.Links.Anew() });

    private static (string Name, string SearchPath) LinkOf(ParameterTable parameters) => (
        (string)parameters.ValueOf(MLParameterKey.LinkedModelFileName)!,
        (string)parameters.ValueOf(MLParameterKey.LinkedModelSearchPath)!);

    private static LinkTarget Load(string path, ModelLinks links, ModelContext context)
    {
        ModelDocument document = ModelStore.Open(path).Document;
        MLModelDescription description = DescriptionReader.Read(document.Model);
        var parameters = new ParameterTable(description.ParameterDescriptionsByKey);
        return new LinkTarget(description, ModelFactory.Make(context with
        {
            Document = document,
            Model = document.Model,
            Description = description,
            Parameters = parameters,
            Links = links,
        }));
    }

    private static NotSupportedModel NotFound(ModelContext context, (string Name, string SearchPath) link)
    {
        IReadOnlyList<string> roots = context.Links.Search.Roots;
        string reason =
            $"The model links to '{link.Name}' on the search path '{link.SearchPath}', which was not found " +
            (roots.Count == 0
                ? "because a model from memory has no folder of its own"
                : $"in {string.Join(", ", roots)}") +
            ". Put it there, or name its folder in MLModelConfiguration.LinkedModelFolders.";
        return new NotSupportedModel(reason, [reason]);
    }

    private static void RequireInterface(MLModelDescription link, MLModelDescription target, string path)
    {
        Require(target.InputDescriptionsByName, link.InputDescriptionsByName, "takes", path);
        Require(link.OutputDescriptionsByName, target.OutputDescriptionsByName, "makes", path);
    }

    private static void Require(
        IReadOnlyDictionary<string, MLFeatureDescription> wanted,
        IReadOnlyDictionary<string, MLFeatureDescription> given,
        string verb,
        string path)
    {
        foreach (MLFeatureDescription feature in wanted.Values)
            if (!feature.IsOptional && given.GetValueOrDefault(feature.Name)?.Type != feature.Type)
                throw new MLModelFormatException(
                    $"A link and its model agree in what the model {verb}; '{feature.Name}', {feature.Type}, " +
                    $"stands only on one side of the link to '{path}'.",
                    feature.Name);
    }
}
