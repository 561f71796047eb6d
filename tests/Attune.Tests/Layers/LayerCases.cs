using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Layers;
using static Attune.Tests.Layers.Specified;
using Operation = Attune.Format.Specification.UnaryFunctionLayerParams.Types.Operation;
using Same = Attune.Format.Specification.SamePadding.Types.SamePaddingMode;

namespace Attune.Tests.Layers;

/// <summary>A layer with shapes that it takes, for the laws that all layers obey.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The shapes of one sample.</param>
/// <param name="Away">Moves a random number away from kinks; null where there are none.</param>
internal sealed record LayerCase(Layer Layer, Shape[] Inputs, Func<double, double>? Away = null);

/// <summary>
/// Every layer in several geometries: odd sizes, several groups, all kinds of padding, repeated axes.
/// </summary>
internal static class LayerCases
{
    public static IReadOnlyDictionary<string, Func<LayerCase>> All { get; } = Make();

    // Kinks of the functions below are at 0, or at 0.25.
    private static double AwayFromZero(double x) => x + (x < 0 ? -0.3 : 0.3);

    private static double Positive(double x) => Math.Abs(x) + 0.5;

    private static SortedDictionary<string, Func<LayerCase>> Make()
    {
        var cases = new SortedDictionary<string, Func<LayerCase>>(StringComparer.Ordinal);
        void Case(string name, NeuralNetworkLayer layer, params Shape[] inputs) =>
            cases.Add(name, () => new LayerCase(Of(layer, inputs.Length), inputs));
        void Away(string name, Func<double, double> away, NeuralNetworkLayer layer, params Shape[] inputs) =>
            cases.Add(name, () => new LayerCase(Of(layer, inputs.Length), inputs, away));

        AddActivations(Away);
        AddElementwise(Case, Away);
        AddShapes(Case);
        AddWindows(Case);
        AddProducts(Case);
        FunctionCases.Add(Away);
        SelectionCases.Add(Case);
        SelectionCases.AddLookups(Away);
        cases.Add("scaler", () => new LayerCase(new ImageScaler("it", 0.5f, 1, 2, 3), [Shape.Of(1, 3, 2, 3)]));
        cases.Add("meanImage", () => new LayerCase(new MeanImage("it", [1f, 2, 3, 4]), [Shape.Of(1, 1, 2, 2)]));
        return cases;
    }

    private static Layer Of(NeuralNetworkLayer layer, int inputs)
    {
        NeuralNetworkLayer copy = layer.Clone();
        copy.Name = "it";
        copy.Input.AddRange(Enumerable.Range(0, inputs).Select(i => $"x{i}"));
        var model = new Model { NeuralNetwork = new NeuralNetwork { Layers = { copy } } };
        Attune.Format.ModelDocument document = Attune.Format.ModelDocument.Of(model);
        return LayerCatalogue.Read(new LayerSource(document.Model.NeuralNetwork.Layers[0], document));
    }

    private static void AddActivations(Action<string, Func<double, double>, NeuralNetworkLayer, Shape[]> add)
    {
        Shape shape = Shape.Of(2, 3, 2, 3);
        void Activation(string name, ActivationParams fields) =>
            add($"activation {name}", AwayFromZero, new() { Activation = fields }, [shape]);

        Activation("linear", new() { Linear = new() { Alpha = 2, Beta = 1 } });
        Activation("ReLU", new() { ReLU = new() });
        Activation("leakyReLU", new() { LeakyReLU = new() { Alpha = 0.1f } });
        Activation("thresholdedReLU", new() { ThresholdedReLU = new() { Alpha = 0.25f } });
        Activation("PReLU", new() { PReLU = new() { Alpha = Weights(0.1f, 0.2f, 0.3f) } });
        Activation("PReLU of one value", new() { PReLU = new() { Alpha = Weights(0.1f) } });
        Activation("tanh", new() { Tanh = new() });
        Activation("scaledTanh", new() { ScaledTanh = new() { Alpha = 2, Beta = 0.5f } });
        Activation("sigmoid", new() { Sigmoid = new() });
        Activation("sigmoidHard", new() { SigmoidHard = new() { Alpha = 0.2f, Beta = 0.5f } });
        Activation("ELU", new() { ELU = new() { Alpha = 0.7f } });
        Activation("softsign", new() { Softsign = new() });
        Activation("softplus", new() { Softplus = new() });
        Activation("parametricSoftplus", new()
        {
            ParametricSoftplus = new() { Alpha = Weights(1, 2, 3), Beta = Weights(0.5f, 1, 1.5f) },
        });
        Activation("parametricSoftplus of one beta", new()
        {
            ParametricSoftplus = new() { Alpha = Weights(1, 2, 3), Beta = Weights(0.5f) },
        });
        foreach (Operation type in Enum.GetValues<Operation>())
            add(
                $"unary {type}",
                Positive,
                new() { Unary = new() { Type = type, Alpha = 0.25f, Scale = 1.5f, Shift = 0.2f } },
                [shape]);
    }

    private static void AddElementwise(
        Action<string, NeuralNetworkLayer, Shape[]> add,
        Action<string, Func<double, double>, NeuralNetworkLayer, Shape[]> away)
    {
        Shape whole = Shape.Of(1, 2, 3, 2, 3);
        Shape channels = Shape.Of(1, 2, 3, 1, 1);
        Shape plane = Shape.Of(1, 1, 1, 2, 3);
        add("add of two", new() { Add = new() }, [whole, whole]);
        add("add of three", new() { Add = new() }, [channels, whole, plane]);
        add("add alpha", new() { Add = new() { Alpha = 3 } }, [whole]);
        add("addBroadcastable", new() { AddBroadcastable = new() }, [Shape.Of(3), Shape.Of(2, 2, 1)]);
        add("subtractBroadcastable", new() { SubtractBroadcastable = new() }, [Shape.Of(2, 1), Shape.Of(2, 1, 3)]);
        add("multiply of three", new() { Multiply = new() }, [whole, channels, plane]);
        add("multiply alpha", new() { Multiply = new() { Alpha = 3 } }, [whole]);
        add("multiplyBroadcastable", new() { MultiplyBroadcastable = new() }, [Shape.Of(1), Shape.Of(2, 3)]);
        away("divideBroadcastable", AwayFromZero, new() { DivideBroadcastable = new() }, [Shape.Of(2, 3), Shape.Of(3)]);
        add("average", new() { Average = new() }, [whole, channels]);
        add("max", new() { Max = new() }, [whole, whole, channels]);
        add("min", new() { Min = new() }, [channels, whole]);
        add("maxBroadcastable", new() { MaxBroadcastable = new() }, [Shape.Of(3), Shape.Of(2, 3)]);
        add("minBroadcastable", new() { MinBroadcastable = new() }, [Shape.Of(3), Shape.Of(2, 3)]);
        add("scale", new()
        {
            Scale = new()
            {
                ShapeScale = { 3 }, Scale = Random(3), HasBias = true, ShapeBias = { 1, 2, 3 }, Bias = Random(6),
            },
        }, [whole]);
        add("scale by one", new() { Scale = new() { ShapeScale = { 1 }, Scale = Random(1) } }, [whole]);
        add("bias", new() { Bias = new() { Shape = { 3, 2, 3 }, Bias = Random(18) } }, [whole]);
        add("softmax", new() { Softmax = new() }, [whole]);
        add("softmaxND", new() { SoftmaxND = new() { Axis = 1 } }, [Shape.Of(2, 5)]);
        add("batchnorm", new() { Batchnorm = Normalisation() }, [whole]);
        BatchnormLayerParams instance = Normalisation();
        instance.ComputeMeanVar = true;
        instance.InstanceNormalization = true;
        add("batchnorm of instances", new() { Batchnorm = instance }, [whole]);
        add("loadConstant", new() { LoadConstant = new() { Shape = { 2, 1, 3 }, Data = Random(6) } }, []);
        add("loadConstantND", new() { LoadConstantND = new() { Shape = { 2, 3 }, Data = Random(6) } }, []);
    }

    private static BatchnormLayerParams Normalisation() => new()
    {
        Channels = 3,
        Gamma = Weights(1, 2, -1),
        Beta = Weights(0, 1, 2),
        Mean = Weights(0.5f, 0, -1),
        Variance = Weights(1, 4, 0.25f),
    };

    private static void AddShapes(Action<string, NeuralNetworkLayer, Shape[]> add)
    {
        Shape rank5 = Shape.Of(2, 1, 3, 2, 4);
        add("flatten", new() { Flatten = new() }, [rank5]);
        add(
            "flatten channel last",
            new() { Flatten = new() { Mode = FlattenLayerParams.Types.FlattenOrder.ChannelLast } },
            [rank5]);
        add("flattenTo2D", new() { FlattenTo2D = new() { Axis = 2 } }, [rank5]);
        add("reshape", new() { Reshape = new() { TargetShape = { 4, 6, 1 } } }, [rank5]);
        add("reshape channel last", new()
        {
            Reshape = new() { TargetShape = { 4, 3, 2, 2 }, Mode = ReshapeLayerParams.Types.ReshapeOrder.ChannelLast },
        }, [rank5]);
        add("reshapeStatic", new() { ReshapeStatic = new() { TargetShape = { 6, -1 } } }, [rank5]);
        add(
            "rankPreservingReshape",
            new() { RankPreservingReshape = new() { TargetShape = { 0, -1 } } },
            [Shape.Of(2, 6)]);
        add("squeeze", new() { Squeeze = new() { Axes = { -4 } } }, [rank5]);
        add("expandDims", new() { ExpandDims = new() { Axes = { 0, -1 } } }, [Shape.Of(2, 3)]);
        add("permute", new() { Permute = new() { Axis = { 3, 1, 0, 2 } } }, [rank5]);
        add("transpose", new() { Transpose = new() { Axes = { 2, 0, 1 } } }, [Shape.Of(2, 3, 4)]);
        add("concat", new() { Concat = new() }, [Shape.Of(2, 1, 3, 2, 2), Shape.Of(2, 1, 1, 2, 2)]);
        add(
            "concat of sequences",
            new() { Concat = new() { SequenceConcat = true } },
            [rank5, Shape.Of(1, 1, 3, 2, 4)]);
        add("concatND", new() { ConcatND = new() { Axis = -1 } }, [Shape.Of(2, 3), Shape.Of(2, 1), Shape.Of(2, 2)]);
        add(
            "concatND interleaved",
            new() { ConcatND = new() { Axis = 0, Interleave = true } },
            [Shape.Of(2, 3), Shape.Of(2, 3)]);
    }

    private static void AddWindows(Action<string, NeuralNetworkLayer, Shape[]> add)
    {
        Shape image = Shape.Of(1, 4, 6, 7);
        foreach ((string name, ConvolutionLayerParams fields) in Convolutions())
            add($"convolution {name}", new() { Convolution = fields }, [image]);
        foreach (PoolingLayerParams.Types.PoolingType type in Enum.GetValues<PoolingLayerParams.Types.PoolingType>())
        {
            void Pooling(string name, PoolingLayerParams fields)
            {
                fields.Type = type;
                add($"pooling {type} {name}", new() { Pooling = fields }, [Shape.Of(1, 2, 6, 7)]);
            }
            Pooling("valid", new() { Valid = new(), Stride = { 2, 1 } });
            Pooling("bordered", new() { Valid = Borders(1, 0, 2, 1), KernelSize = { 2, 3 } });
            Pooling("same", new() { Same = new(), KernelSize = { 3, 2 }, Stride = { 2, 2 } });
            Pooling("without padding", new() { Same = new(), AvgPoolExcludePadding = true });
            Pooling("last pixel", new()
            {
                IncludeLastPixel = new() { PaddingAmounts = { 1, 1 } }, KernelSize = { 3, 2 }, Stride = { 2, 2 },
            });
            Pooling("global", new() { GlobalPooling = true });
        }
    }

    private static IEnumerable<(string Name, ConvolutionLayerParams Fields)> Convolutions()
    {
        yield return ("plain", Convolution(4, 3, new() { Valid = new() }));
        yield return ("1x1", Convolution(4, 3, new() { Valid = new(), KernelSize = { 1, 1 } }));
        yield return ("grouped", Convolution(
            2, 4, new() { NGroups = 2, Valid = Borders(1, 2, 0, 1), KernelSize = { 2, 3 } }));
        yield return ("of each channel", Convolution(1, 4, new() { NGroups = 4, Same = new() }));
        yield return ("strided same", Convolution(
            4, 2, new() { Same = new(), Stride = { 2, 3 }, KernelSize = { 3, 2 } }));
        yield return ("dilated", Convolution(4, 2, new()
        {
            Same = new() { AsymmetryMode = Same.TopLeftHeavy }, DilationFactor = { 2, 1 }, KernelSize = { 2, 2 },
        }));
        yield return ("turned", Convolution(
            4, 3, new() { IsDeconvolution = true, Valid = Borders(1, 0, 0, 1), Stride = { 2, 1 } }));
        yield return ("turned grouped", Convolution(
            4, 6, new() { IsDeconvolution = true, NGroups = 2, Same = new(), Stride = { 2, 2 } }));
        yield return ("turned wide", Convolution(
            4, 2, new() { IsDeconvolution = true, Same = new(), Stride = { 3, 4 }, KernelSize = { 2, 2 } }));
        yield return ("turned dilated", Convolution(4, 2, new()
        {
            IsDeconvolution = true, Valid = Borders(1, 1, 0, 0), KernelSize = { 2, 3 },
            DilationFactor = { 2, 1 }, Stride = { 2, 1 },
        }));
        yield return ("turned to size", Convolution(
            4, 2, new() { IsDeconvolution = true, OutputShape = { 12, 13 }, Stride = { 2, 2 } }));
    }

    public static ValidPadding Borders(ulong top, ulong bottom, ulong left, ulong right) => new()
    {
        PaddingAmounts = new()
        {
            BorderAmounts_ =
            {
                new BorderAmounts.Types.EdgeSizes { StartEdgeSize = top, EndEdgeSize = bottom },
                new BorderAmounts.Types.EdgeSizes { StartEdgeSize = left, EndEdgeSize = right },
            },
        },
    };

    /// <summary>Fills in channels and random weights.</summary>
    public static ConvolutionLayerParams Convolution(int kernelChannels, int outputs, ConvolutionLayerParams fields)
    {
        int kernel = fields.KernelSize.Count == 0 ? 9 : (int)(fields.KernelSize[0] * fields.KernelSize[1]);
        int groups = Math.Max(1, (int)fields.NGroups);
        fields.KernelChannels = (ulong)kernelChannels;
        fields.OutputChannels = (ulong)outputs;
        fields.Weights = Random(kernel * kernelChannels * outputs / (fields.IsDeconvolution ? groups : 1));
        fields.HasBias = true;
        fields.Bias = Random(outputs, 2);
        return fields;
    }

    private static void AddProducts(Action<string, NeuralNetworkLayer, Shape[]> add)
    {
        InnerProductLayerParams dense = new()
        {
            InputChannels = 6, OutputChannels = 5, HasBias = true, Weights = Random(30), Bias = Random(5),
        };
        add("innerProduct of a vector", new() { InnerProduct = dense }, [Shape.Of(6)]);
        add("innerProduct of images", new() { InnerProduct = dense }, [Shape.Of(2, 1, 3, 2, 1)]);
        BatchedMatMulLayerParams matrix = new()
        {
            WeightMatrixFirstDimension = 3, WeightMatrixSecondDimension = 5, HasBias = true, Weights = Random(15),
            Bias = Random(5),
        };
        add("batchedMatmul", new() { BatchedMatmul = matrix }, [Shape.Of(2, 2, 3)]);
        foreach ((bool a, bool b) in new[] { (false, false), (false, true), (true, false), (true, true) })
            add(
                $"batchedMatmul of two {a} {b}",
                new() { BatchedMatmul = new() { TransposeA = a, TransposeB = b } },
                [a ? Shape.Of(2, 1, 4, 3) : Shape.Of(2, 1, 3, 4), b ? Shape.Of(2, 5, 4) : Shape.Of(2, 4, 5)]);
        add("batchedMatmul of a vector", new() { BatchedMatmul = new() }, [Shape.Of(4), Shape.Of(2, 4, 3)]);
    }
}
