using Kind = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on the numbers of layers that make or bound values.</summary>
internal static class ConstantLayerRules
{
    public static IReadOnlyList<LayerRule> All { get; } =
    [
        new(
            new("layer.bounds", "A least value is not above the greatest.", "Correct minVal and maxVal.", Bounds),
            Kind.Clip, Kind.RandomUniformLike, Kind.RandomUniformStatic, Kind.RandomUniformDynamic),
        new(
            new("layer.probability", "A probability is from 0 to 1.", "Correct prob.", Probability),
            Kind.RandomBernoulliLike, Kind.RandomBernoulliStatic, Kind.RandomBernoulliDynamic),
        new(
            new ValidationRule<ValidatedLayer>(
                "layer.range.rank",
                "A range has rank 1.",
                "Correct outputTensor.",
                Range).Tolerated("Attune works out the shapes itself."),
            Kind.RangeStatic, Kind.RangeDynamic),
        new(
            new("layer.lrn.k", "The k of a response normalisation is not negative.", "Correct k.", LrnK),
            Kind.Lrn),
    ];

    private static IEnumerable<Flaw> Bounds(ValidatedLayer layer)
    {
        (float least, float most) = layer.Layer switch
        {
            { Clip: { } fields } => (fields.MinVal, fields.MaxVal),
            { RandomUniformLike: { } fields } => (fields.MinVal, fields.MaxVal),
            { RandomUniformStatic: { } fields } => (fields.MinVal, fields.MaxVal),
            _ => (layer.Layer.RandomUniformDynamic.MinVal, layer.Layer.RandomUniformDynamic.MaxVal),
        };
        if (least > most)
            yield return new Flaw(
                FormattableString.Invariant($"{layer} takes a maxVal of {least} or more; got {most}."), "maxVal");
    }

    private static IEnumerable<Flaw> Probability(ValidatedLayer layer)
    {
        float probability = layer.Layer switch
        {
            { RandomBernoulliLike: { } fields } => fields.Prob,
            { RandomBernoulliStatic: { } fields } => fields.Prob,
            _ => layer.Layer.RandomBernoulliDynamic.Prob,
        };
        if (probability is < 0 or > 1)
            yield return new Flaw(
                FormattableString.Invariant($"{layer} takes a probability from 0 to 1; got {probability}."), "prob");
    }

    private static IEnumerable<Flaw> Range(ValidatedLayer layer)
    {
        if (layer.DeclaredOutputRank is { } rank and not 1)
            yield return new Flaw($"{layer} makes an output of rank 1; the file says {rank}.", "outputTensor");
    }

    private static IEnumerable<Flaw> LrnK(ValidatedLayer layer)
    {
        if (layer.Layer.Lrn.K < 0)
            yield return new Flaw(
                FormattableString.Invariant($"{layer} takes a k from 0; got {layer.Layer.Lrn.K}."), "k");
    }
}
