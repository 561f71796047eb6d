using Attune.Format;
using Attune.Format.Specification;
using Attune.Lowering;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>What an implementation is made of: the part of the file that is the model, and how it is to run.</summary>
/// <param name="Document">The file; it holds the weights of networks.</param>
/// <param name="Model">The model: the file's own, or a stage of it.</param>
/// <param name="Description">What <paramref name="Model"/> says of itself.</param>
/// <param name="Parameters">The values of its parameters.</param>
/// <param name="Links">Where models are that this one links to.</param>
/// <param name="Configuration">How the whole model was asked to be loaded.</param>
/// <param name="Workers">Threads to compute with.</param>
internal sealed record ModelContext(
    ModelDocument Document,
    Model Model,
    MLModelDescription Description,
    ParameterTable Parameters,
    ModelLinks Links,
    MLModelConfiguration Configuration,
    Workers Workers)
{
    /// <summary>The same for a model that this one is made of.</summary>
    public ModelContext For(Model stage, string name) => this with
    {
        Model = stage,
        Description = DescriptionReader.Read(stage),
        Parameters = Parameters.Of(name),
    };
}
