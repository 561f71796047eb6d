using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>A model of a pipeline.</summary>
/// <param name="Name">Its name, which scopes its parameters.</param>
/// <param name="Specification">Its part of the file's message.</param>
/// <param name="Description">What that says of itself.</param>
/// <param name="Implementation">What runs.</param>
internal sealed record PipelineStage(
    string Name, Model Specification, MLModelDescription Description, ModelImplementation Implementation)
{
    public bool Makes(string feature) => Description.OutputDescriptionsByName.ContainsKey(feature);
}
