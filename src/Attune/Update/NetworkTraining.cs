using Attune.Graph;
using Attune.Lowering;
using Attune.Models;
using Attune.Runtime;

namespace Attune.Update;

/// <summary>What is trained, and how: everything that is known before samples are.</summary>
/// <param name="Network">The network that training begins with.</param>
/// <param name="Description">What its model says of itself.</param>
/// <param name="Definition">The loss and the optimizer of the file.</param>
/// <param name="Judged">The value that the loss judges.</param>
/// <param name="Trainable">The parameters that change.</param>
/// <param name="Parameters">The hyper-parameters.</param>
/// <param name="Options">What the caller asks for beyond them.</param>
/// <param name="Workers">The threads.</param>
internal sealed record NetworkTraining(
    NeuralNetworkModel Network,
    MLModelDescription Description,
    UpdateDefinition Definition,
    Value Judged,
    IReadOnlySet<Parameter> Trainable,
    ParameterTable Parameters,
    MLUpdateOptions Options,
    Workers Workers);
