using Attune.Format.Specification;
using Google.Protobuf.Collections;
using static Attune.Format.Validation.LayerNumbers;

namespace Attune.Format.Validation;

/// <summary>
/// The weights of every kind of layer. Source: semantics of the format, 4.3; sizes as the fields' names say.
/// </summary>
internal static class LayerNumbersTable
{
    public static IEnumerable<LayerNumbers> Of(NeuralNetworkLayer layer) => layer switch
    {
        // With two inputs the second one is the weights.
        { Convolution: { } fields } => layer.Input.Count == 1 ? Convolution(fields) : [],
        { Convolution3D: { } fields } => Convolution3D(fields),
        { InnerProduct: { } fields } => Dense(
            fields.Weights, fields.InputChannels, fields.OutputChannels, fields.HasBias ? fields.Bias : null),
        { BatchedMatmul: { } fields } => layer.Input.Count != 1 ? [] : Dense(
            fields.Weights,
            fields.WeightMatrixFirstDimension,
            fields.WeightMatrixSecondDimension,
            fields.HasBias ? fields.Bias : null),
        { Embedding: { } fields } => Embedding(
            fields.Weights, fields.InputDim, fields.OutputChannels, fields.HasBias, fields.Bias),
        { EmbeddingND: { } fields } => Embedding(
            fields.Weights, fields.VocabSize, fields.EmbeddingSize, fields.HasBias, fields.Bias),
        { Batchnorm: { } fields } => Batchnorm(fields),
        { Bias: { } fields } => [Shaped("bias", fields.Bias, fields.Shape)],
        { Scale: { HasBias: true } fields } =>
            [Shaped("scale", fields.Scale, fields.ShapeScale), Shaped("bias", fields.Bias, fields.ShapeBias)],
        { Scale: { } fields } => [Shaped("scale", fields.Scale, fields.ShapeScale)],
        { LoadConstant: { } fields } => [Shaped("data", fields.Data, fields.Shape)],
        { LoadConstantND: { } fields } => [new LayerNumbers("data", fields.Data, Product(fields.Shape))],
        { SimpleRecurrent: { } fields } => RecurrentNumbers.Of(fields),
        { Gru: { } fields } => RecurrentNumbers.Of(fields),
        { UniDirectionalLSTM: { } fields } => RecurrentNumbers.Of(fields),
        { BiDirectionalLSTM: { } fields } => RecurrentNumbers.Of(fields),
        _ => [],
    };

    private static IEnumerable<LayerNumbers> Convolution(ConvolutionLayerParams fields)
    {
        ulong groups = Math.Max(1, fields.NGroups);
        ulong height = fields.KernelSize.Count > 0 ? fields.KernelSize[0] : 3;
        ulong width = fields.KernelSize.Count > 1 ? fields.KernelSize[1] : 3;
        ulong outputs = fields.IsDeconvolution ? fields.OutputChannels / groups : fields.OutputChannels;
        yield return new LayerNumbers(
            "weights", fields.Weights, Product(fields.KernelChannels, outputs, height, width), fields.OutputChannels);
        if (fields.HasBias)
            yield return new LayerNumbers("bias", fields.Bias, fields.OutputChannels);
    }

    private static IEnumerable<LayerNumbers> Convolution3D(Convolution3DLayerParams fields)
    {
        // Sizes below 1 break a rule of their own.
        static ulong Size(int value) => (ulong)Math.Max(0, value);
        int groups = Math.Max(1, fields.NGroups);
        (int inputs, int outputs) = fields.IsDeconvolution
            ? (fields.InputChannels, fields.OutputChannels / groups)
            : (fields.InputChannels / groups, fields.OutputChannels);
        ulong kernel = Product(Size(fields.KernelDepth), Size(fields.KernelHeight), Size(fields.KernelWidth));
        yield return new LayerNumbers(
            "weights", fields.Weights, Product(Size(inputs), Size(outputs), kernel), Size(fields.OutputChannels));
        if (fields.HasBias)
            yield return new LayerNumbers("bias", fields.Bias, Size(fields.OutputChannels));
    }

    // Core ML's tools let such a layer pass without its numbers; it is found when the layer is read.
    private static IEnumerable<LayerNumbers> Dense(
        WeightParams? weights, ulong inputs, ulong outputs, WeightParams? bias)
    {
        yield return new LayerNumbers("weights", weights, Product(inputs, outputs), outputs, MayBeAbsent: true);
        if (bias is not null)
            yield return new LayerNumbers("bias", bias, outputs, MayBeAbsent: true);
    }

    private static IEnumerable<LayerNumbers> Embedding(
        WeightParams? weights, ulong inputs, ulong outputs, bool hasBias, WeightParams? bias)
    {
        yield return new LayerNumbers("weights", weights, Product(inputs, outputs), outputs);
        if (hasBias)
            yield return new LayerNumbers("bias", bias, outputs);
    }

    private static IEnumerable<LayerNumbers> Batchnorm(BatchnormLayerParams fields)
    {
        yield return new LayerNumbers("gamma", fields.Gamma, fields.Channels);
        yield return new LayerNumbers("beta", fields.Beta, fields.Channels);
        if (fields.ComputeMeanVar)
            yield break;
        yield return new LayerNumbers("mean", fields.Mean, fields.Channels);
        yield return new LayerNumbers("variance", fields.Variance, fields.Channels);
    }

    private static LayerNumbers Shaped(string field, WeightParams? values, RepeatedField<ulong> shape) =>
        new(field, values, Product(shape), shape.Count == 3 && shape[0] > 1 ? shape[0] : 1);
}
