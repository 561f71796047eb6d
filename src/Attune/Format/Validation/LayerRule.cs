using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>A rule on the parameters of some kinds of layers.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Kinds">The kinds that have to keep it.</param>
internal sealed record LayerRule(ValidationRule<ValidatedLayer> Rule, params Kind[] Kinds);
