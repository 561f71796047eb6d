using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Tests;

/// <summary>
/// Small updatable models, written field by field, with weights that a few lines of any language can repeat.
/// </summary>
internal static class TestModels
{
    /// <summary>scale·sin(step·i), computed in double and rounded once.</summary>
    public static float[] Wave(int count, double step, double scale) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(Math.Sin(i * step) * scale))];

    public static MLModel Load(Model model, MLModelConfiguration? configuration = null) =>
        MLModel.Of(ModelDocument.Of(model), configuration);

    /// <summary>y = w·x + b, one number in and out, mean squared error, SGD at 0.1, mini-batches of 2.</summary>
    public static Model Line(float w = 2, float b = 1)
    {
        var network = new NeuralNetwork { UpdateParams = Sgd(0.1, 2, 0, epochs: 1) };
        network.Layers.Add(Dense("line", "x", "y", 1, 1, [w], [b]));
        network.UpdateParams.LossLayers.Add(MeanSquaredError("y"));
        var model =
            new Model { SpecificationVersion = 4, IsUpdatable = true, NeuralNetwork = network, Description = new() };
        model.Description.Input.Add(Array("x", 1));
        model.Description.Output.Add(Array("y", 1));
        model.Description.TrainingInput.Add(Array("x", 1));
        model.Description.TrainingInput.Add(Array("y_true", 1));
        return model;
    }

    /// <summary>
    /// [1×6×6] to three classes: convolution 3x3 to two channels, ReLU, max pooling 2x2, flatten, dense, softmax; cross
    /// entropy, SGD.
    /// </summary>
    public static Model SmallClassifier(double learningRate = 0.1, double momentum = 0.9, int epochs = 3)
    {
        var network = new NeuralNetworkClassifier
        {
            UpdateParams = Sgd(learningRate, 2, momentum, epochs),
            StringClassLabels = new StringVector { Vector = { "a", "b", "c" } },
        };
        var convolution = new ConvolutionLayerParams
        {
            OutputChannels = 2, KernelChannels = 1, KernelSize = { 3, 3 }, HasBias = true, Valid = new ValidPadding(),
            Weights = Weights(Wave(18, 0.7, 0.5)), Bias = Weights(Wave(2, 1.3, 0.1)),
        };
        var pooling = new PoolingLayerParams
        {
            Type = PoolingLayerParams.Types.PoolingType.Max,
            KernelSize = { 2, 2 }, Stride = { 2, 2 }, Valid = new ValidPadding(),
        };
        network.Layers.Add(Layer("conv", "image", "c", layer => layer.Convolution = convolution, isUpdatable: true));
        network.Layers.Add(Layer("relu", "c", "r", layer => layer.Activation = new() { ReLU = new() }));
        network.Layers.Add(Layer("pool", "r", "p", layer => layer.Pooling = pooling));
        network.Layers.Add(Layer("flat", "p", "f", layer => layer.Flatten = new()));
        network.Layers.Add(Dense("dense", "f", "d", 8, 3, Wave(24, 0.9, 0.4), Wave(3, 1.7, 0.1)));
        network.Layers.Add(Layer("soft", "d", "probabilities", layer => layer.Softmax = new()));
        network.UpdateParams.LossLayers.Add(new LossLayer
        {
            Name = "loss",
            CategoricalCrossEntropyLossLayer = new() { Input = "probabilities", Target = "probabilities_true" },
        });
        return Classifier(network, Array("image", 1, 6, 6));
    }

    /// <summary>3 numbers to 2 through 4 sigmoids, mean squared error, Adam with a large eps.</summary>
    public static Model SmallRegressor()
    {
        var network = new NeuralNetworkRegressor
        {
            UpdateParams = new NetworkUpdateParameters
            {
                Epochs = new() { DefaultValue = 3 },
                Optimizer = new()
                {
                    AdamOptimizer = new()
                    {
                        LearningRate = new() { DefaultValue = 0.05 }, MiniBatchSize = new() { DefaultValue = 2 },
                        Beta1 = new() { DefaultValue = 0.8 }, Beta2 = new() { DefaultValue = 0.95 },
                        Eps = new() { DefaultValue = 0.1 },
                    },
                },
            },
        };
        network.Layers.Add(Dense("hidden", "x", "h", 3, 4, Wave(12, 0.7, 0.5), Wave(4, 1.3, 0.1)));
        network.Layers.Add(Layer("sigmoid", "h", "s", layer => layer.Activation = new() { Sigmoid = new() }));
        network.Layers.Add(Dense("out", "s", "y", 4, 2, Wave(8, 0.9, 0.4), Wave(2, 1.7, 0.1)));
        network.UpdateParams.LossLayers.Add(MeanSquaredError("y"));
        var model = new Model
        {
            SpecificationVersion = 4, IsUpdatable = true, NeuralNetworkRegressor = network,
            Description = new() { PredictedFeatureName = "y" },
        };
        model.Description.Input.Add(Array("x", 3));
        model.Description.Output.Add(Array("y", 2));
        model.Description.TrainingInput.Add(Array("x", 3));
        model.Description.TrainingInput.Add(Array("y_true", 2));
        return model;
    }

    public static MLArrayBatchProvider ClassifierSamples() => new(Enumerable.Range(0, 5).Select(ClassifierSample));

    /// <summary>Sample i of five: a piece of one long wave, and a label.</summary>
    public static IMLFeatureProvider ClassifierSample(int index) => Sample(
        ("image", Tensor(Wave(5 * 36, 0.37, 1).AsSpan(index * 36, 36), 1, 6, 6)),
        ("label", MLFeatureValue.FromString(new[] { "a", "c", "b", "b", "a" }[index])));

    public static MLArrayBatchProvider RegressorSamples() => new(Enumerable.Range(0, 5).Select(index => Sample(
        ("x", Tensor(Wave(15, 0.37, 1).AsSpan(index * 3, 3), 3)),
        ("y_true", Tensor(Wave(10, 0.53, 1).AsSpan(index * 2, 2), 2)))));

    public static MLArrayBatchProvider LineSamples(params (float X, float Y)[] points) =>
        new(points.Select(point => Sample(
        ("x", Tensor([point.X], 1)), ("y_true", Tensor([point.Y], 1)))));

    public static IMLFeatureProvider Sample(params (string Name, MLFeatureValue Value)[] features) =>
        new MLDictionaryFeatureProvider(features.ToDictionary(feature => feature.Name, feature => feature.Value));

    public static MLFeatureValue Tensor(ReadOnlySpan<float> numbers, params ReadOnlySpan<int> shape) =>
        MLFeatureValue.FromMultiArray(new MLMultiArray(numbers.ToArray().AsMemory(), shape));

    public static float[] Numbers(MLModel model, string layer, MLParameterKey key)
    {
        var array = (MLMultiArray)model.ParameterValue(key.Scoped(layer));
        return array.AsSpan<float>().ToArray();
    }

    public static NeuralNetworkLayer Layer(
        string name, string input, string output, Action<NeuralNetworkLayer> fill, bool isUpdatable = false)
    {
        var layer =
            new NeuralNetworkLayer { Name = name, Input = { input }, Output = { output }, IsUpdatable = isUpdatable };
        fill(layer);
        return layer;
    }

    public static NeuralNetworkLayer Dense(
        string name, string input, string output, int inputs, int outputs, float[] weights, float[] bias) =>
        Layer(
            name,
            input,
            output,
            layer => layer.InnerProduct = new()
            {
                InputChannels = (ulong)inputs, OutputChannels = (ulong)outputs, HasBias = true,
                Weights = Weights(weights), Bias = Weights(bias),
            },
            isUpdatable: true);

    public static FeatureDescription Array(string name, params long[] shape) => new()
    {
        Name = name,
        Type = new()
        {
            MultiArrayType = new() { Shape = { shape }, DataType = ArrayFeatureType.Types.ArrayDataType.Float32 },
        },
    };

    private static Model Classifier(NeuralNetworkClassifier network, FeatureDescription input)
    {
        var label = new FeatureDescription { Name = "label", Type = new() { StringType = new() } };
        var model = new Model
        {
            SpecificationVersion = 4, IsUpdatable = true, NeuralNetworkClassifier = network,
            Description = new() { PredictedFeatureName = "label", PredictedProbabilitiesName = "probabilities" },
        };
        model.Description.Input.Add(input);
        model.Description.Output.Add(label);
        model.Description.Output.Add(new FeatureDescription
        {
            Name = "probabilities",
            Type = new() { DictionaryType = new() { StringKeyType = new() } },
        });
        model.Description.TrainingInput.Add(input);
        model.Description.TrainingInput.Add(label);
        return model;
    }

    private static NetworkUpdateParameters Sgd(double learningRate, int batch, double momentum, int epochs) => new()
    {
        Epochs = new() { DefaultValue = epochs, Range = new() { MinValue = 1, MaxValue = 100 } },
        Optimizer = new()
        {
            SgdOptimizer = new()
            {
                LearningRate = new() { DefaultValue = learningRate, Range = new() { MinValue = 0, MaxValue = 1 } },
                MiniBatchSize = new() { DefaultValue = batch, Set = new() { Values = { 1, 2, 4 } } },
                Momentum = new() { DefaultValue = momentum, Range = new() { MinValue = 0, MaxValue = 1 } },
            },
        },
    };

    private static LossLayer MeanSquaredError(string input) => new()
    {
        Name = "loss",
        MeanSquaredErrorLossLayer = new() { Input = input, Target = input + "_true" },
    };

    private static WeightParams Weights(float[] values) => new() { FloatValue = { values }, IsUpdatable = true };
}
