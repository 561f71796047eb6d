using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Lowering;

/// <summary>The models of a pipeline, which run one after another, and their names.</summary>
/// <param name="Models">At least one.</param>
/// <param name="Names">As many, all different.</param>
internal sealed record PipelineSpecification(IReadOnlyList<Model> Models, IReadOnlyList<string> Names)
{
    /// <summary>The pipeline of a model; null if the model is of another type.</summary>
    /// <exception cref="MLModelFormatException">It has no models, or not a name for each of them.</exception>
    public static PipelineSpecification? Of(Model model)
    {
        if (model.TypeCase is not (Model.TypeOneofCase.Pipeline or Model.TypeOneofCase.PipelineClassifier
            or Model.TypeOneofCase.PipelineRegressor))
            return null;
        IReadOnlyList<Model> models = ModelFacts.Stages(model);
        IReadOnlyList<string> names = ModelFacts.StageNames(model);
        if (models.Count == 0)
            throw new MLModelFormatException("A pipeline takes one model or more; got none.", "pipeline");
        if (names.Count != models.Count)
            throw new MLModelFormatException(
                $"A pipeline takes a name for each of its {models.Count} models, or none at all; got {names.Count}.",
                "pipeline.names");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
            if (name.Length == 0 || !seen.Add(name))
                throw new MLModelFormatException(
                    $"A pipeline takes names for its models that differ and are not empty; got '{name}' " +
                    $"{(name.Length == 0 ? "" : "twice")}.",
                    "pipeline.names");
        return new PipelineSpecification(models, names);
    }
}
