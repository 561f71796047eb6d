namespace Attune.Models;

/// <summary>Whether the models of a pipeline fit together: what each takes is there by then, and of its type.</summary>
internal static class PipelineRules
{
    /// <exception cref="MLModelFormatException">They do not.</exception>
    public static void Require(MLModelDescription whole, IReadOnlyList<PipelineStage> stages)
    {
        var made = new Dictionary<string, MLFeatureDescription>(whole.InputDescriptionsByName, StringComparer.Ordinal);
        foreach (PipelineStage stage in stages)
        {
            foreach (MLFeatureDescription input in stage.Description.InputDescriptionsByName.Values)
                Require($"Model '{stage.Name}' of the pipeline", input, made);
            foreach (MLFeatureDescription output in stage.Description.OutputDescriptionsByName.Values)
                made[output.Name] = output;
        }
        foreach (MLFeatureDescription output in whole.OutputDescriptionsByName.Values)
            Require("The pipeline, for its output,", output, made);
    }

    private static void Require(
        string who, MLFeatureDescription wanted, Dictionary<string, MLFeatureDescription> made)
    {
        if (!made.TryGetValue(wanted.Name, out MLFeatureDescription? given))
        {
            if (!wanted.IsOptional)
                throw new MLModelFormatException(
                    $"{who} takes '{wanted.Name}', which is neither an input of the pipeline nor made by a model " +
                    "before.",
                    wanted.Name);
        }
        else if (given.Type != wanted.Type)
            throw new MLModelFormatException(
                $"{who} takes '{wanted.Name}' of the type {wanted.Type}; the one before is {given.Type}.",
                wanted.Name);
    }
}
