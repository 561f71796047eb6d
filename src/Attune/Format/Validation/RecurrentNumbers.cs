using Attune.Format.Specification;
using static Attune.Format.Validation.LayerNumbers;

namespace Attune.Format.Validation;

/// <summary>
/// The weights of recurrent layers: matrices of [output×input] and [output×output], vectors of [output].
/// </summary>
internal static class RecurrentNumbers
{
    public static IEnumerable<LayerNumbers> Of(SimpleRecurrentLayerParams fields)
    {
        var sizes = new Sizes(fields.InputVectorSize, fields.OutputVectorSize);
        yield return sizes.OfInput("weightMatrix", fields.WeightMatrix);
        yield return sizes.OfState("recursionMatrix", fields.RecursionMatrix);
        if (fields.HasBiasVector)
            yield return sizes.Vector("biasVector", fields.BiasVector);
    }

    public static IEnumerable<LayerNumbers> Of(GRULayerParams fields)
    {
        var sizes = new Sizes(fields.InputVectorSize, fields.OutputVectorSize);
        yield return sizes.OfInput("updateGateWeightMatrix", fields.UpdateGateWeightMatrix);
        yield return sizes.OfInput("resetGateWeightMatrix", fields.ResetGateWeightMatrix);
        yield return sizes.OfInput("outputGateWeightMatrix", fields.OutputGateWeightMatrix);
        yield return sizes.OfState("updateGateRecursionMatrix", fields.UpdateGateRecursionMatrix);
        yield return sizes.OfState("resetGateRecursionMatrix", fields.ResetGateRecursionMatrix);
        yield return sizes.OfState("outputGateRecursionMatrix", fields.OutputGateRecursionMatrix);
        if (!fields.HasBiasVectors)
            yield break;
        yield return sizes.Vector("updateGateBiasVector", fields.UpdateGateBiasVector);
        yield return sizes.Vector("resetGateBiasVector", fields.ResetGateBiasVector);
        yield return sizes.Vector("outputGateBiasVector", fields.OutputGateBiasVector);
    }

    public static IEnumerable<LayerNumbers> Of(UniDirectionalLSTMLayerParams fields) => Lstm(
        "weightParams",
        fields.WeightParams ?? new LSTMWeightParams(),
        fields.Params ?? new LSTMParams(),
        new Sizes(fields.InputVectorSize, fields.OutputVectorSize));

    public static IEnumerable<LayerNumbers> Of(BiDirectionalLSTMLayerParams fields) =>
        fields.WeightParams.Take(2).SelectMany((weights, direction) => Lstm(
            $"weightParams[{direction}]",
            weights,
            fields.Params ?? new LSTMParams(),
            new Sizes(fields.InputVectorSize, fields.OutputVectorSize)));

    private static IEnumerable<LayerNumbers> Lstm(
        string field, LSTMWeightParams weights, LSTMParams options, Sizes sizes)
    {
        yield return sizes.OfInput($"{field}.inputGateWeightMatrix", weights.InputGateWeightMatrix);
        yield return sizes.OfInput($"{field}.forgetGateWeightMatrix", weights.ForgetGateWeightMatrix);
        yield return sizes.OfInput($"{field}.blockInputWeightMatrix", weights.BlockInputWeightMatrix);
        yield return sizes.OfInput($"{field}.outputGateWeightMatrix", weights.OutputGateWeightMatrix);
        yield return sizes.OfState($"{field}.inputGateRecursionMatrix", weights.InputGateRecursionMatrix);
        yield return sizes.OfState($"{field}.forgetGateRecursionMatrix", weights.ForgetGateRecursionMatrix);
        yield return sizes.OfState($"{field}.blockInputRecursionMatrix", weights.BlockInputRecursionMatrix);
        yield return sizes.OfState($"{field}.outputGateRecursionMatrix", weights.OutputGateRecursionMatrix);
        if (options.HasBiasVectors)
        {
            yield return sizes.Vector($"{field}.inputGateBiasVector", weights.InputGateBiasVector);
            yield return sizes.Vector($"{field}.forgetGateBiasVector", weights.ForgetGateBiasVector);
            yield return sizes.Vector($"{field}.blockInputBiasVector", weights.BlockInputBiasVector);
            yield return sizes.Vector($"{field}.outputGateBiasVector", weights.OutputGateBiasVector);
        }
        if (options.HasPeepholeVectors)
        {
            yield return sizes.Vector($"{field}.inputGatePeepholeVector", weights.InputGatePeepholeVector);
            yield return sizes.Vector($"{field}.forgetGatePeepholeVector", weights.ForgetGatePeepholeVector);
            yield return sizes.Vector($"{field}.outputGatePeepholeVector", weights.OutputGatePeepholeVector);
        }
    }

    private readonly record struct Sizes(ulong Input, ulong Output)
    {
        public LayerNumbers OfInput(string field, WeightParams? values) =>
            new(field, values, Product(Output, Input), Output);

        public LayerNumbers OfState(string field, WeightParams? values) =>
            new(field, values, Product(Output, Output), Output);

        public LayerNumbers Vector(string field, WeightParams? values) => new(field, values, Output);
    }
}
