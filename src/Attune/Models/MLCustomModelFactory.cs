namespace Attune;

/// <summary>Makes a model that the application computes itself; called once whenever a file that needs it is
/// loaded.</summary>
/// <param name="parameters">
/// What the file holds for it. For a <c>customModel</c> the parameters of its maker: <see cref="double"/>,
/// <see cref="string"/>, <see cref="int"/>, <see cref="long"/>, <see cref="bool"/> or <see cref="ReadOnlyMemory{T}"/>
/// of bytes by name. For a type that Apple's systems compute, its fields, by their names in the file: numbers, strings,
/// lists of strings, bytes (docs/model-types.md lists them).
/// </param>
/// <param name="description">Inputs and outputs of the model, or of the stage.</param>
/// <returns>The model; null is refused.</returns>
public delegate IMLCustomModel MLCustomModelFactory(
    IReadOnlyDictionary<string, object> parameters, MLModelDescription description);
