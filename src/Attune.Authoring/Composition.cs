using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>A model on its way to be built.</summary>
/// <param name="Model">The message.</param>
/// <param name="Source">Holds the weights that the message names but does not hold.</param>
/// <param name="LeastVersion">The specification version that it has to have at least.</param>
internal sealed record Composition(Model Model, ModelDocument Source, int LeastVersion)
{
    public List<ModelProblem> Problems { get; } = [];
}
