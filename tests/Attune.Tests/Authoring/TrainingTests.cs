using Attune.Authoring;
using Attune.Format.Specification;

namespace Attune.Tests.Authoring;

/// <summary>What is written of how a model is trained.</summary>
public sealed class TrainingTests
{
    [Fact]
    public void Gradient_descent_has_the_defaults_of_Core_MLs_tools()
    {
        SGDOptimizer sgd = Written(draft => draft.Sgd()).Optimizer.SgdOptimizer;

        AssertDouble(0.01, 0, 1, sgd.LearningRate);
        AssertDouble(0, 0, 1, sgd.Momentum);
        AssertSet(10, [10], sgd.MiniBatchSize);
    }

    [Fact]
    public void Adam_has_the_defaults_of_Core_MLs_tools()
    {
        AdamOptimizer adam = Written(draft => draft.Adam()).Optimizer.AdamOptimizer;

        AssertDouble(0.01, 0, 1, adam.LearningRate);
        AssertSet(10, [10], adam.MiniBatchSize);
        AssertDouble(0.9, 0, 1, adam.Beta1);
        AssertDouble(0.999, 0, 1, adam.Beta2);
        AssertDouble(1e-8, 0, 1, adam.Eps);
    }

    [Fact]
    public void Parameters_have_the_limits_that_are_given()
    {
        NetworkUpdateParameters update = Written(draft => draft
            .Sgd(
                learningRate: TrainingParameter.Double(3, 2, 4),
                miniBatchSize: TrainingParameter.Int64(8, 1, 64),
                momentum: TrainingParameter.Double(0.5))
            .Epochs(3, 1, 3, 9)
            .Seed(TrainingParameter.Int64(-5)));

        AssertDouble(3, 2, 4, update.Optimizer.SgdOptimizer.LearningRate);
        Assert.Equal((8L, 1L, 64L), (
            update.Optimizer.SgdOptimizer.MiniBatchSize.DefaultValue,
            update.Optimizer.SgdOptimizer.MiniBatchSize.Range.MinValue,
            update.Optimizer.SgdOptimizer.MiniBatchSize.Range.MaxValue));
        Assert.Equal(0.5, update.Optimizer.SgdOptimizer.Momentum.DefaultValue);
        Assert.Null(update.Optimizer.SgdOptimizer.Momentum.Range);
        AssertSet(3, [1, 3, 9], update.Epochs);
        Assert.Equal(-5, update.Seed.DefaultValue);
        Assert.Equal(Int64Parameter.AllowedValuesOneofCase.None, update.Seed.AllowedValuesCase);
    }

    [Fact]
    public void Samples_are_shuffled_unless_told_otherwise()
    {
        Assert.True(Written(draft => draft).Shuffle.DefaultValue);
        Assert.False(Written(draft => draft.Shuffle(false)).Shuffle.DefaultValue);
        AssertSet(12, [12], Written(draft => draft.Shuffle(true, seed: 12)).Seed);
        Assert.Null(Written(draft => draft).Seed);
    }

    [Fact]
    public void A_squared_error_takes_an_array_like_its_value()
    {
        Model model = Authored.Regressor().Written();

        MeanSquaredErrorLossLayer loss =
            Assert.Single(model.NeuralNetwork.UpdateParams.LossLayers).MeanSquaredErrorLossLayer;
        Assert.Equal(("second", "second_true"), (loss.Input, loss.Target));
        Assert.Equal(["x", "second_true"], model.Description.TrainingInput.Select(input => input.Name));
        ArrayFeatureType target = model.Description.TrainingInput[1].Type.MultiArrayType;
        Assert.Equal([1L], target.Shape);
        Assert.Equal(ArrayFeatureType.Types.ArrayDataType.Double, target.DataType);
    }

    [Fact]
    public void A_cross_entropy_of_a_plain_network_takes_an_index()
    {
        Model model = Softmax().CategoricalCrossEntropyLoss("loss").Written();

        CategoricalCrossEntropyLossLayer loss =
            Assert.Single(model.NeuralNetwork.UpdateParams.LossLayers).CategoricalCrossEntropyLossLayer;
        Assert.Equal(("p", "p_true"), (loss.Input, loss.Target));
        ArrayFeatureType target = model.Description.TrainingInput[1].Type.MultiArrayType;
        Assert.Equal("p_true", model.Description.TrainingInput[1].Name);
        Assert.Equal([1L], target.Shape);
        Assert.Equal(ArrayFeatureType.Types.ArrayDataType.Int32, target.DataType);
    }

    [Fact]
    public void A_cross_entropy_of_a_classifier_takes_the_label_whenever_it_became_one()
    {
        Model before = Softmax().Classifier([1L, 2L], "label", "p").CategoricalCrossEntropyLoss("loss").Written();
        Model after = Softmax().CategoricalCrossEntropyLoss("loss").Classifier([1L, 2L], "label", "p").Written();

        Assert.Equal(before, after);
        Assert.Equal(["x", "label"], after.Description.TrainingInput.Select(input => input.Name));
        Assert.NotNull(after.Description.TrainingInput[1].Type.Int64Type);
        Assert.Equal(
            "p_true", after.NeuralNetworkClassifier.UpdateParams.LossLayers[0].CategoricalCrossEntropyLossLayer.Target);
    }

    [Fact]
    public void A_target_may_have_another_name()
    {
        Model model = Softmax().CategoricalCrossEntropyLoss("loss", "p", "truth").Written();

        Assert.Equal("truth", model.Description.TrainingInput[1].Name);
        Assert.Equal("truth", model.NeuralNetwork.UpdateParams.LossLayers[0].CategoricalCrossEntropyLossLayer.Target);
    }

    [Fact]
    public void A_model_that_only_Attune_can_train_is_made_when_asked_for()
    {
        NetworkBuilder Draft(MLUpdateProfile profile) => new NetworkBuilder { Profile = profile }
            .AddArrayInput("x", [2])
            .InnerProduct("first", 2, Initializer.GlorotUniform(1))
            .LeakyReLU("leaky")
            .InnerProduct("second", 1, Initializer.GlorotUniform(1))
            .MakeUpdatable("first", "second")
            .MeanSquaredErrorLoss("loss")
            .Sgd()
            .Epochs(1);

        Assert.Empty(Draft(MLUpdateProfile.Any).Check());
        Assert.Equal("updatable.gradient.path", Assert.Single(Draft(MLUpdateProfile.CoreML).Check()).Rule);
    }

    [Fact]
    public async Task An_authored_model_learns()
    {
        MLModel model = new NetworkBuilder()
            .AddArrayInput("x", [1])
            .InnerProduct("y", 1, Initializer.Zeros, Initializer.Zeros)
            .MakeUpdatable("y")
            .MeanSquaredErrorLoss("loss")
            .Sgd(learningRate: 0.1, miniBatchSize: 1)
            .Epochs(1)
            .Shuffle(false)
            .Build();
        var sample = new MLDictionaryFeatureProvider
        {
            ["x"] = new MLMultiArray(new float[] { 2 }, 1),
            ["y_true"] = new MLMultiArray(new double[] { 3 }, 1),
        };
        var task = new MLUpdateTask(
            model,
            new MLArrayBatchProvider(new IMLFeatureProvider[] { sample }),
            new MLUpdateProgressHandlers(MLUpdateProgressEvent.None, null, _ => { }));

        MLUpdateContext done = await task.RunAsync();

        // Before: y = 0, so the loss is 3² and dL/dy = 2·(0−3) = -6; dW = -6·2, db = -6.
        var weights = (MLMultiArray)done.Model.ParameterValue(MLParameterKey.Weights.Scoped("y"));
        var biases = (MLMultiArray)done.Model.ParameterValue(MLParameterKey.Biases.Scoped("y"));
        Assert.Equal(1.2, weights[0], 1e-6); // 0 − 0.1·-12
        Assert.Equal(0.6, biases[0], 1e-6); // 0 − 0.1·-6
    }

    private static NetworkUpdateParameters Written(Func<NetworkBuilder, NetworkBuilder> change) =>
        change(Authored.Regressor()).Written().NeuralNetwork.UpdateParams;

    private static NetworkBuilder Softmax() => new NetworkBuilder()
        .AddArrayInput("x", [2])
        .InnerProduct("dense", 2, Initializer.GlorotUniform(1))
        .Softmax("p")
        .MakeUpdatable("dense")
        .Sgd()
        .Epochs(1);

    private static void AssertDouble(double value, double minimum, double maximum, DoubleParameter actual) =>
        Assert.Equal(
        (value, minimum, maximum), (actual.DefaultValue, actual.Range.MinValue, actual.Range.MaxValue));

    private static void AssertSet(long value, long[] allowed, Int64Parameter actual)
    {
        Assert.Equal(value, actual.DefaultValue);
        Assert.Equal(allowed, actual.Set.Values);
    }
}
