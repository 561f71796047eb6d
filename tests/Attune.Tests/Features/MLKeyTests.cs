namespace Attune.Tests.Features;

public sealed class MLKeyTests
{
    [Fact]
    public void Keys_are_equal_by_kind_name_and_scope()
    {
        MLParameterKey weights = MLParameterKey.Weights.Scoped("dense_1");

        Assert.Equal(weights, MLParameterKey.Weights.Scoped("dense_1"));
        Assert.Equal(weights.GetHashCode(), MLParameterKey.Weights.Scoped("dense_1").GetHashCode());
        Assert.NotEqual(weights, MLParameterKey.Weights);
        Assert.NotEqual(weights, MLParameterKey.Weights.Scoped("Dense_1"));
        Assert.NotEqual(weights, MLParameterKey.Biases.Scoped("dense_1"));
        Assert.False(MLParameterKey.Epochs.Equals((MLKey)MLMetricKey.EpochIndex));
    }

    [Fact]
    public void Scopes_chain_from_the_outside_in()
    {
        MLParameterKey key = MLParameterKey.Weights.Scoped("model1").Scoped("dense_1");

        Assert.Equal("weights", key.Name);
        Assert.Equal("model1.dense_1", key.Scope);
        Assert.Equal("model1.dense_1.weights", key.ToString());
        Assert.Equal(MLParameterKey.Weights.Scoped("dense_1"), key.Within("model1"));
        Assert.Equal(MLParameterKey.Weights, key.Within("model1.dense_1"));
        Assert.Null(key.Within("model"));
        Assert.Null(MLParameterKey.Weights.Within("model1"));
        Assert.Throws<ArgumentException>(() => key.Scoped(""));
    }

    [Fact]
    public void Names_are_those_of_Core_ML()
    {
        string[] names =
        [
            "learningRate", "momentum", "miniBatchSize", "beta1", "beta2", "eps", "epochs", "shuffle", "seed",
            "numberOfNeighbors", "linkedModelFileName", "linkedModelSearchPath", "weights", "biases",
        ];

        MLParameterKey[] keys =
        [
            MLParameterKey.LearningRate, MLParameterKey.Momentum, MLParameterKey.MiniBatchSize, MLParameterKey.Beta1,
            MLParameterKey.Beta2, MLParameterKey.Eps, MLParameterKey.Epochs, MLParameterKey.Shuffle,
            MLParameterKey.Seed, MLParameterKey.NumberOfNeighbors, MLParameterKey.LinkedModelFileName,
            MLParameterKey.LinkedModelSearchPath, MLParameterKey.Weights, MLParameterKey.Biases,
        ];
        Assert.Equal(names, keys.Select(key => key.Name));
        Assert.All(keys, key => Assert.Equal("", key.Scope));
    }
}
