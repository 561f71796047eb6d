using Attune.Graph;
using Attune.Kernels;
using Attune.Losses;
using Attune.Lowering;
using Attune.Runtime;

namespace Attune.Update;

/// <summary>One mini-batch: gather, forward, loss, backward, step. Nothing is allocated once it is made.</summary>
internal sealed class TrainingStep
{
    private readonly TrainingFeatures features;
    private readonly Plan<float> forward;
    private readonly BackwardPlan<float> backward;
    private readonly Workers workers;
    private readonly Loss loss;
    private readonly IOptimizer optimizer;
    private readonly Parameter[] trainable;
    private readonly Memory<float>[] values;
    private readonly Memory<float> targets;
    private readonly int targetSize;

    public TrainingStep(
        Network suffix,
        ParameterSet<float> parameters,
        IReadOnlySet<Parameter> trainable,
        TrainingFeatures features,
        int miniBatch,
        Workers workers,
        LossKind kind,
        int targetSize,
        Func<IReadOnlyList<int>, IOptimizer> makeOptimizer)
    {
        this.features = features;
        this.targetSize = targetSize;
        forward = new Plan<float>(
            suffix, parameters, features.Shapes, miniBatch, workers, keepsAll: true, changing: trainable);
        (loss, Value seed) = ChooseLoss(suffix, forward, kind);
        this.workers = workers;
        this.trainable = [.. suffix.Parameters.Where(trainable.Contains)];
        values = [.. this.trainable.Select(parameter => parameters[parameter])];
        optimizer = makeOptimizer([.. this.trainable.Select(parameter => parameter.Shape.Count)]);
        var steppers = new Dictionary<Parameter, IParameterStepper>();
        for (int i = 0; i < this.trainable.Length; i++)
            steppers[this.trainable[i]] = new Stepper(optimizer, i);
        backward = new BackwardPlan<float>(forward, seed, trainable, steppers);
        targets = PlanMemory.Allocate<float>((long)miniBatch * targetSize);
    }

    public IOptimizer Optimizer => optimizer;

    /// <summary>Trains on some samples; returns what was measured before the step.</summary>
    /// <param name="samples">The samples of this mini-batch.</param>
    /// <param name="next">Those of the next one; may be empty.</param>
    /// <param name="learningRate">The optimizer's.</param>
    public BatchLoss Run(ReadOnlySpan<int> samples, ReadOnlySpan<int> next, double learningRate)
    {
        int batch = samples.Length;
        Span<float> wanted = targets.Span[..(batch * targetSize)];
        features.Gather(samples, next, forward, wanted);
        forward.Run(batch);

        backward.Clear();
        BatchLoss measured = Judge(batch, wanted);
        optimizer.BeginStep(learningRate);
        backward.Run(batch);
        for (int i = 0; i < values.Length; i++)
            if (!backward.Steps(trainable[i]))
                optimizer.StepOf(i).Apply(workers, backward.GradientOf(trainable[i]), values[i].Span);
        return measured;
    }

    /// <summary>Measures some samples without learning from them.</summary>
    /// <param name="samples">Their numbers in <paramref name="others"/>.</param>
    /// <param name="next">Those that are measured next; may be empty.</param>
    /// <param name="others">Samples that may be others than those that are learned from.</param>
    public BatchLoss Measure(ReadOnlySpan<int> samples, ReadOnlySpan<int> next, TrainingFeatures others)
    {
        int batch = samples.Length;
        Span<float> wanted = targets.Span[..(batch * targetSize)];
        others.Gather(samples, next, forward, wanted);
        forward.Run(batch);
        return Judge(batch, wanted);
    }

    private BatchLoss Judge(int batch, ReadOnlySpan<float> wanted)
    {
        ReadOnlySpan<float> made = forward.Output(0, batch);
        double mean = loss.Evaluate(batch, made, wanted, backward.Seed(batch));
        return new BatchLoss(batch, mean * batch, loss.CountCorrect(batch, made, wanted));
    }

    /// <summary>
    /// A cross entropy directly after a softmax starts the backward pass before the softmax, where the gradient of the
    /// two together is a subtraction. Only a softmax over all of the value's elements is one distribution.
    /// </summary>
    private static (Loss Loss, Value Seed) ChooseLoss(Network suffix, Plan<float> forward, LossKind kind)
    {
        Value judged = suffix.Outputs[0];
        if (kind == LossKind.MeanSquaredError)
            return (new MeanSquaredError(), judged);

        Node producer = suffix.Nodes.Single(node => node.Outputs.Contains(judged));
        bool fused = producer.Layer is ISoftmax softmax && softmax.IsOverAll(forward.BufferOf(judged).Shape);
        return (new CategoricalCrossEntropy(beforeSoftmax: fused), fused ? producer.Inputs[0] : judged);
    }

    private sealed class Stepper(IOptimizer optimizer, int parameter) : IParameterStepper
    {
        public ParameterStep Step => optimizer.StepOf(parameter);
    }
}
