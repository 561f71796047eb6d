using Attune.Format.Specification;

namespace Attune.Authoring;

public abstract partial class ModelDraft<TDraft>
{
    /// <summary>
    /// Marks layers as updatable, with their weights and biases. The model then also needs a loss, an optimizer and a
    /// number of epochs. Core ML trains <c>convolution</c> and <c>innerProduct</c> layers.
    /// </summary>
    /// <param name="layerNames">The layers; <see cref="Build"/> checks that they exist. Adds to those marked
    /// before.</param>
    public TDraft MakeUpdatable(params ReadOnlySpan<string> layerNames)
    {
        Update.Mark(layerNames.ToArray());
        return This;
    }

    /// <summary>
    /// Adds a categorical cross entropy: the mean of -log of the probability that the network gives to the right class.
    /// </summary>
    /// <param name="name">The loss layer's name, different from all layers' names.</param>
    /// <param name="input">The output of a softmax layer. Default: a classifier's probabilities, else the last
    /// layer's output.</param>
    /// <param name="target">The target's name. Default: the input's with <c>_true</c> added.</param>
    /// <remarks>
    /// A training sample holds the inputs of a prediction and the right class: for a classifier's probabilities its
    /// label, under the name of the predicted feature; otherwise the index, an Int32 array [1] under the target's
    /// name.
    /// </remarks>
    public TDraft CategoricalCrossEntropyLoss(string name, string? input = null, string? target = null) =>
        Loss(new LossDraft(name, IsEntropy: true, input, target));

    /// <summary>
    /// Adds a mean squared error: the mean of the squared differences between a value and its target.
    /// </summary>
    /// <param name="name">The loss layer's name, different from all layers' names.</param>
    /// <param name="input">A value that a layer makes. Default: the last layer's output.</param>
    /// <param name="target">The target's name. Default: the input's with <c>_true</c> added.</param>
    /// <remarks>A training sample holds the inputs of a prediction and the target, a Double array of the value's
    /// shape.</remarks>
    public TDraft MeanSquaredErrorLoss(string name, string? input = null, string? target = null) =>
        Loss(new LossDraft(name, IsEntropy: false, input, target));

    /// <summary>Trains by stochastic gradient descent.</summary>
    /// <param name="learningRate">Default: 0.01, from 0 to 1.</param>
    /// <param name="miniBatchSize">Default: 10, nothing else allowed.</param>
    /// <param name="momentum">Default: 0, from 0 to 1.</param>
    public TDraft Sgd(
        DoubleTrainingParameter? learningRate = null,
        Int64TrainingParameter? miniBatchSize = null,
        DoubleTrainingParameter? momentum = null)
    {
        Update.Optimizer = new Optimizer
        {
            SgdOptimizer = new SGDOptimizer
            {
                LearningRate = (learningRate ?? DefaultLearningRate).ToMessage(),
                MiniBatchSize = (miniBatchSize ?? DefaultMiniBatchSize).ToMessage(),
                Momentum = (momentum ?? 0.0).ToMessage(),
            },
        };
        return This;
    }

    /// <summary>Trains by Adam.</summary>
    /// <param name="learningRate">Default: 0.01, from 0 to 1.</param>
    /// <param name="miniBatchSize">Default: 10, nothing else allowed.</param>
    /// <param name="beta1">Default: 0.9, from 0 to 1.</param>
    /// <param name="beta2">Default: 0.999, from 0 to 1.</param>
    /// <param name="eps">Default: 1e-8, from 0 to 1.</param>
    public TDraft Adam(
        DoubleTrainingParameter? learningRate = null,
        Int64TrainingParameter? miniBatchSize = null,
        DoubleTrainingParameter? beta1 = null,
        DoubleTrainingParameter? beta2 = null,
        DoubleTrainingParameter? eps = null)
    {
        Update.Optimizer = new Optimizer
        {
            AdamOptimizer = new AdamOptimizer
            {
                LearningRate = (learningRate ?? DefaultLearningRate).ToMessage(),
                MiniBatchSize = (miniBatchSize ?? DefaultMiniBatchSize).ToMessage(),
                Beta1 = (beta1 ?? 0.9).ToMessage(),
                Beta2 = (beta2 ?? 0.999).ToMessage(),
                Eps = (eps ?? 1e-8).ToMessage(),
            },
        };
        return This;
    }

    /// <summary>How often an update goes through the samples.</summary>
    /// <param name="epochs">A number alone allows no other.</param>
    public TDraft Epochs(Int64TrainingParameter epochs)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        Update.Epochs = epochs.ToMessage();
        return This;
    }

    /// <summary>How often an update goes through the samples.</summary>
    /// <param name="defaultValue">The default, one of the allowed ones.</param>
    /// <param name="allowedValues">All that is allowed.</param>
    public TDraft Epochs(long defaultValue, params ReadOnlySpan<long> allowedValues) => Epochs(
        allowedValues.IsEmpty ? defaultValue : TrainingParameter.Int64Set(defaultValue, allowedValues));

    /// <summary>Whether an update takes the samples in a new order in each epoch. Default: it does.</summary>
    /// <param name="shuffle">Whether it does.</param>
    /// <param name="seed">Where the orders come from; null: what the user of the model chooses.</param>
    public TDraft Shuffle(bool shuffle, Int64TrainingParameter? seed = null)
    {
        Update.Shuffles = shuffle;
        Update.Seed = seed?.ToMessage() ?? Update.Seed;
        return This;
    }

    /// <summary>Where the orders of the samples come from.</summary>
    /// <param name="seed">Any number; alone it allows no other.</param>
    public TDraft Seed(Int64TrainingParameter seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        Update.Seed = seed.ToMessage();
        return This;
    }

    private static DoubleTrainingParameter DefaultLearningRate => 0.01;

    private static Int64TrainingParameter DefaultMiniBatchSize => 10;

    private TDraft Loss(LossDraft loss)
    {
        ArgumentException.ThrowIfNullOrEmpty(loss.Name, "name");
        Update.Add(loss);
        return This;
    }
}
