using Attune.Authoring;
using Attune.Format;
using Attune.Format.Specification;
using Attune.Format.Validation;
using Google.Protobuf;

namespace Attune.Tests.Authoring;

/// <summary>Each rule of updatable networks, broken once in a model that is right otherwise.</summary>
public sealed class UpdatableNetworkRulesTests
{
    [Fact]
    public void The_unspoilt_models_break_none()
    {
        Assert.Empty(Check(Regressor()));
        Assert.Empty(Check(Classifier()));
    }

    public static TheoryData<string, string> Spoils => new()
    {
        { "version", "updatable.version: An updatable model takes the specification version 4 or more; got 3." },
        { "none", "updatable.layers.none: An updatable network takes at least one updatable layer; none is marked." },
        {
            "kind",
            "updatable.layers.kind: Layer 'relu' (activation) is marked as updatable; Core ML trains convolution and " +
            "innerProduct layers."
        },
        {
            "half",
            "updatable.weights.encoding: Layer 'second' (innerProduct) is updatable and takes float32 biases; got " +
            "Float16."
        },
        {
            "quantized",
            "updatable.weights.quantized: Layer 'first' (innerProduct) is updatable and takes float32 weights; got " +
            "Quantized."
        },
        {
            "mark",
            "updatable.weights.marked: Layer 'first' (innerProduct) is updatable; its weights are not marked as " +
            "updatable too."
        },
        {
            "markBias",
            "updatable.weights.marked: Layer 'second' (innerProduct) is updatable; its biases are not marked as " +
            "updatable too."
        },
        {
            "names",
            "updatable.names.unique: Layers and loss layers of an updatable network take different names; 2 are " +
            "called 'first'."
        },
        {
            "lossName",
            "updatable.names.unique: Layers and loss layers of an updatable network take different names; 2 are " +
            "called 'relu'."
        },
        {
            "twoLosses",
            "updatable.loss.count: An updatable network takes exactly one loss layer; got 2: 'loss', 'other'."
        },
        { "noLoss", "updatable.loss.count: An updatable network takes exactly one loss layer; got 0." },
        {
            "lossKind",
            "updatable.loss.kind: Loss layer 'loss' takes a categorical cross entropy or a mean squared error; got " +
            "neither."
        },
        {
            "softmax",
            "updatable.loss.softmax: Loss layer 'loss' (categoricalCrossEntropy) takes the output of a softmax " +
            "layer; 'second' is made by layer 'second' (innerProduct)."
        },
        {
            "lossInput",
            "updatable.loss.input: Loss layer 'loss' (meanSquaredError) takes a value that a layer makes; 'x' is " +
            "made by none."
        },
        {
            "lossTarget",
            "updatable.loss.target: Loss layer 'loss' takes a target that comes from outside; 'first' is made by " +
            "layer 'first' (innerProduct)."
        },
        { "optimizer", "updatable.optimizer.kind: An updatable network takes an SGD or an Adam optimizer; got none." },
        {
            "learningRate",
            "updatable.parameters.missing: The optimizer takes the parameter learningRate; the model has none."
        },
        {
            "batch",
            "updatable.parameters.missing: An updatable network takes the parameter miniBatchSize; the model has none."
        },
        { "beta2", "updatable.parameters.missing: The optimizer takes the parameter beta2; the model has none." },
        {
            "epochs",
            "updatable.parameters.missing: An updatable network takes the parameter epochs; the model has none."
        },
        { "zeroEpochs", "updatable.parameters.positive: Parameter epochs takes numbers of 1 or more; got 0." },
        { "zeroInSet", "updatable.parameters.set: Parameter epochs takes numbers of 1 or more; got -3, 0." },
        {
            "setWithoutDefault",
            "updatable.parameters.allowed: The default of parameter epochs takes one of the allowed values, {2, 3}; " +
            "got 5."
        },
        {
            "emptySet",
            "updatable.parameters.allowed: The default of parameter epochs takes one of the allowed values, {}; got 5."
        },
        {
            "int64Range",
            "updatable.parameters.allowed: The default of parameter miniBatchSize takes one of the allowed values, " +
            "from 20 to 30; got 10."
        },
        {
            "doubleRange",
            "updatable.parameters.allowed: The default of parameter learningRate takes one of the allowed values, " +
            "from 0.1 to 0.5; got 0.01."
        },
        {
            "nan",
            "updatable.parameters.allowed: The default of parameter learningRate takes one of the allowed values, " +
            "from 0 to 1; got NaN."
        },
        {
            "seed",
            "updatable.parameters.allowed: The default of parameter seed takes one of the allowed values, {1}; got -7."
        },
        {
            "path",
            "updatable.gradient.path: Layer 'first' (innerProduct) is updatable; between it and the loss 'loss' " +
            "stands layer 'relu' (activation), which Core ML sends no gradient through."
        },
        { "oneInput", "updatable.training.inputs.count: An updatable model takes two or more training inputs; got 0." },
        {
            "noShared",
            "updatable.training.inputs.shared: At least one training input is an input of predictions, with its name " +
            "and type; none of 'y', 'second_true' is."
        },
        {
            "noNew",
            "updatable.training.inputs.new: At least one training input is not an input of predictions, such as the " +
            "target; 'x', 'x' all are."
        },
        {
            "noTarget",
            "updatable.training.inputs.target: Loss layer 'loss' takes the training input 'second_true', or, in a " +
            "classifier, the label with its type; the training inputs are 'x', 'other'."
        },
    };

    [Theory]
    [MemberData(nameof(Spoils))]
    public void A_broken_rule_is_named(string spoil, string expected)
    {
        Model model = Regressor();
        Spoil(spoil, model, model.NeuralNetwork);

        Assert.Contains(expected, Check(model));
    }

    [Fact]
    public void Every_rule_is_broken_by_a_test()
    {
        IEnumerable<string> tested = Spoils.Select(
            row => (string)row.ToArray()[1]).Select(text => text[..text.IndexOf(':', StringComparison.Ordinal)]);

        IEnumerable<string> rules = RuleCatalogue.All.Select(rule => rule.Id)
            .Where(id => id.StartsWith("updatable.", StringComparison.Ordinal))
            .Except(["updatable.type", "updatable.gradient.branch"]); // tests of their own

        Assert.Equal(rules.Order(), tested.Distinct().Order());
    }

    [Fact]
    public void An_obstacle_beside_the_path_closes_it_for_Core_ML()
    {
        Model model = Regressor();
        // first -> relu -> second, and the input -> sine -> second
        model.NeuralNetwork.Layers.Insert(1, new NeuralNetworkLayer
        {
            Name = "sine", Input = { "x" }, Output = { "sine" }, Sin = new SinLayerParams(),
        });
        model.NeuralNetwork.Layers[3].Input.Insert(0, "sine");

        Assert.StartsWith(
            "updatable.gradient.branch: Layer 'first'", Assert.Single(Check(model)), StringComparison.Ordinal);
        Assert.Empty(Check(model, asCoreMLOnly: false));
    }

    [Fact]
    public void A_label_of_another_type_is_no_target()
    {
        Model model = Classifier();
        model.Description.TrainingInput[1].Type = new FeatureType { Int64Type = new Int64FeatureType() };

        Assert.StartsWith("updatable.training.inputs.target:", Assert.Single(Check(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void Sigmoid_and_tanh_are_no_obstacles()
    {
        Model model = Regressor();
        foreach (ActivationParams function in new ActivationParams[]
        {
            new() { Sigmoid = new ActivationSigmoid() },
            new() { Tanh = new ActivationTanh() },
        })
        {
            model.NeuralNetwork.Layers[1].Activation = function;
            Assert.Empty(Check(model));
        }
    }

    [Fact]
    public void A_softmax_under_a_squared_error_is_an_obstacle()
    {
        Model model = Regressor();
        model.NeuralNetwork.Layers[2].Softmax = new SoftmaxLayerParams();
        model.NeuralNetwork.Layers[2].IsUpdatable = false;

        Assert.StartsWith(
            "updatable.gradient.path: Layer 'first'", Assert.Single(Check(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_beside_the_path_is_no_obstacle()
    {
        Model model = Regressor();
        model.NeuralNetwork.Layers.Add(new NeuralNetworkLayer
        {
            Name = "aside", Input = { "first" }, Output = { "aside" }, Unary = new UnaryFunctionLayerParams(),
        });

        Assert.Empty(Check(model));
    }

    [Fact]
    public void An_obstacle_on_one_of_two_paths_is_found()
    {
        Model model = Regressor();
        // first -> relu -> second and first -> sine -> sum of both
        model.NeuralNetwork.Layers.Add(new NeuralNetworkLayer
        {
            Name = "sine", Input = { "first" }, Output = { "sine" }, Sin = new SinLayerParams(),
        });
        model.NeuralNetwork.Layers[2].Input.Add("sine");

        // The sine is made after the layer that takes it: then nothing on the path makes it, and the path is free.
        Assert.Empty(Check(model));

        NeuralNetworkLayer sine = model.NeuralNetwork.Layers[3];
        model.NeuralNetwork.Layers.RemoveAt(3);
        model.NeuralNetwork.Layers.Insert(2, sine);
        Assert.Contains("layer 'sine' (sin)", Assert.Single(Check(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_layers_may_be_trained_where_Core_ML_is_not_asked()
    {
        Model model = Regressor();
        model.NeuralNetwork.Layers[1].Activation = new ActivationParams { Softplus = new ActivationSoftplus() };
        model.NeuralNetwork.Layers[1].IsUpdatable = true;

        Assert.Equal(2, Check(model).Count);
        Assert.Empty(Check(model, asCoreMLOnly: false));
    }

    [Fact]
    public void Other_models_than_networks_are_refused_unless_they_can_be_updatable()
    {
        var trees = new Model
        {
            SpecificationVersion = 4, IsUpdatable = true, TreeEnsembleClassifier = new TreeEnsembleClassifier(),
        };
        var neighbours = new Model
        {
            SpecificationVersion = 4,
            IsUpdatable = true,
            KNearestNeighborsClassifier = new KNearestNeighborsClassifier(),
        };

        Assert.Equal(
            "updatable.type: Neural networks, nearest-neighbours classifiers and pipelines that end in one can be " +
            "updatable; " +
            "this model is of the type treeEnsembleClassifier.",
            Assert.Single(Check(trees)));
        Assert.Empty(Check(neighbours));
    }

    [Fact]
    public void Several_broken_rules_are_all_named()
    {
        var error = Assert.Throws<MLModelFormatException>(() => new NetworkBuilder()
            .AddArrayInput("x", [2]).ReLU("relu").MakeUpdatable("relu", "nothing").Build());

        foreach (string rule in new[]
        {
            "updatable.layers.kind", "updatable.layers.unknown", "updatable.loss.count", "updatable.optimizer.kind",
            "updatable.parameters.missing", "updatable.training.inputs.count",
        })
            Assert.Contains($"[{rule}]", error.Message, StringComparison.Ordinal);
    }

    private static void Spoil(string spoil, Model model, NeuralNetwork network)
    {
        InnerProductLayerParams first = network.Layers[0].InnerProduct;
        InnerProductLayerParams second = network.Layers[2].InnerProduct;
        NetworkUpdateParameters update = network.UpdateParams;
        Action change = spoil switch
        {
            "version" => () => model.SpecificationVersion = 3,
            "none" => () => network.Layers.ToList().ForEach(layer => layer.IsUpdatable = false),
            "kind" => () => network.Layers[1].IsUpdatable = true,
            "half" =>
                () => second.Bias = new WeightParams { IsUpdatable = true, Float16Value = ByteString.CopyFrom(0, 0) },
            "quantized" => () => first.Weights = new WeightParams
            {
                IsUpdatable = true,
                RawValue = ByteString.CopyFrom(new byte[6]),
                Quantization = new QuantizationParams { NumberOfBits = 8 },
            },
            "mark" => () => first.Weights.IsUpdatable = false,
            "markBias" => () => second.Bias.IsUpdatable = false,
            "names" => () => network.Layers[1].Name = "first",
            "lossName" => () => update.LossLayers[0].Name = "relu",
            "twoLosses" => () => update.LossLayers.Add(new LossLayer(update.LossLayers[0]) { Name = "other" }),
            "noLoss" => update.LossLayers.Clear,
            "lossKind" => update.LossLayers[0].ClearLossLayerType,
            "softmax" => () => update.LossLayers[0].CategoricalCrossEntropyLossLayer =
                new CategoricalCrossEntropyLossLayer { Input = "second", Target = "second_true" },
            "lossInput" => () => update.LossLayers[0].MeanSquaredErrorLossLayer.Input = "x",
            "lossTarget" => () => update.LossLayers[0].MeanSquaredErrorLossLayer.Target = "first",
            "optimizer" => () => update.Optimizer = null,
            "learningRate" => () => update.Optimizer.SgdOptimizer.LearningRate = null,
            "batch" => () => update.Optimizer.SgdOptimizer.MiniBatchSize = null,
            "beta2" => () => update.Optimizer.AdamOptimizer = new AdamOptimizer(),
            "epochs" => () => update.Epochs = null,
            "zeroEpochs" => () => update.Epochs = new Int64Parameter(),
            "zeroInSet" => () => update.Epochs.Set.Values.Add([-3, 0]),
            "setWithoutDefault" => () => update.Epochs.Set = new Int64Set { Values = { 2, 3 } },
            "emptySet" => () => update.Epochs.Set = new Int64Set(),
            "int64Range" => () =>
                update.Optimizer.SgdOptimizer.MiniBatchSize.Range = new Int64Range { MinValue = 20, MaxValue = 30 },
            "doubleRange" => () =>
                update.Optimizer.SgdOptimizer.LearningRate.Range = new DoubleRange { MinValue = 0.1, MaxValue = 0.5 },
            "nan" => () => update.Optimizer.SgdOptimizer.LearningRate.DefaultValue = double.NaN,
            "seed" =>
                () => update.Seed = new Int64Parameter { DefaultValue = -7, Set = new Int64Set { Values = { 1 } } },
            "path" =>
                () => network.Layers[1].Activation = new ActivationParams { LeakyReLU = new ActivationLeakyReLU() },
            "oneInput" => model.Description.TrainingInput.Clear,
            "noShared" => () => model.Description.TrainingInput[0].Name = "y",
            "noNew" => () => model.Description.TrainingInput[1] = model.Description.TrainingInput[0].Clone(),
            _ => () => model.Description.TrainingInput[1].Name = "other",
        };
        change();
    }

    private static Model Regressor() => Authored.Regressor().Written();

    private static Model Classifier() => new NetworkBuilder()
        .AddArrayInput("x", [2])
        .InnerProduct("dense", 2, Initializer.GlorotUniform(1))
        .Softmax("p")
        .Classifier(["a", "b"], "label", "p")
        .MakeUpdatable("dense")
        .CategoricalCrossEntropyLoss("loss")
        .Adam()
        .Epochs(5)
        .Written();

    private static IReadOnlyList<string> Check(Model model, bool asCoreMLOnly = true) =>
    [
        .. ModelValidation.Check(
                model,
                ModelDocument.Of(new Model { SpecificationVersion = 1 }),
                rule => asCoreMLOnly ? rule.CoreML ?? rule.Default : rule.Default)
            .Where(finding => finding.Rule.StartsWith("updatable.", StringComparison.Ordinal))
            .Select(finding => $"{finding.Rule}: {finding.Message}"),
    ];
}
