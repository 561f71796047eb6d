using System.Numerics;
using Attune.Runtime;

namespace Attune.Graph;

/// <summary>
/// The backward pass of a plan that keeps all values: from the gradient of one value (the seed) to the gradients of the
/// trainable parameters. Only layers between the two take part. Gradients are cleared here and added to by the layers.
/// </summary>
internal sealed class BackwardPlan<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Value, TensorBuffer<T>> gradients = [];
    private readonly Dictionary<Parameter, Memory<T>> parameterGradients = [];
    private readonly Dictionary<Parameter, IParameterStepper> steppers;
    private readonly List<LayerRun<T>> runs = [];
    private readonly TensorBuffer<T> seed;
    private readonly Memory<T> block;

    /// <param name="forward">The plan of the forward pass, made with <c>keepsAll</c>.</param>
    /// <param name="seed">The value whose gradient the caller provides.</param>
    /// <param name="trainable">The parameters whose gradients are wanted.</param>
    /// <param name="steppers">
    /// The optimizer for each trainable parameter, to be applied on the way wherever a layer can; null to get all
    /// gradients.
    /// </param>
    /// <param name="wantedInputs">Inputs of the network whose gradients are wanted too; none for training.</param>
    /// <exception cref="MLModelNotSupportedException">Layers without a gradient lie in between; all are
    /// named.</exception>
    public BackwardPlan(
        Plan<T> forward,
        Value seed,
        IReadOnlySet<Parameter> trainable,
        IReadOnlyDictionary<Parameter, IParameterStepper>? steppers = null,
        params IReadOnlyList<Value> wantedInputs)
    {
        GradientPath path = GradientPath.Find(forward.Nodes, seed, trainable, wantedInputs);
        block = PlaceGradients(forward, path, seed);
        this.seed = gradients[seed];
        this.steppers = steppers is null ? [] : SteppedOnTheWay(forward, path, steppers);
        foreach (Parameter parameter in trainable)
            if (!this.steppers.ContainsKey(parameter))
                parameterGradients[parameter] = AlignedMemory.Allocate<T>(parameter.Shape.Count);

        for (int i = forward.Nodes.Count - 1; i >= 0; i--)
        {
            if (!path.Nodes.Contains(forward.Nodes[i]))
                continue;
            Attach(forward.Runs[i], forward.Nodes[i]);
            runs.Add(forward.Runs[i]);
        }
    }

    /// <summary>
    /// Where the caller writes the gradient of the seed value, after <see cref="Clear"/> and before <see cref="Run"/>.
    /// </summary>
    public Span<T> Seed(int batch) => seed.Samples(batch);

    /// <summary>Whether a run steps this parameter itself, so that there is no gradient of it.</summary>
    public bool Steps(Parameter parameter) => steppers.ContainsKey(parameter);

    /// <summary>The gradient of a trainable parameter, from the last run.</summary>
    public Span<T> GradientOf(Parameter parameter) => parameterGradients[parameter].Span;

    /// <summary>The gradient of a wanted input, from the last run.</summary>
    public Span<T> GradientOf(Value value, int batch) => gradients[value].Samples(batch);

    public void Clear()
    {
        block.Span.Clear();
        foreach (Memory<T> gradient in parameterGradients.Values)
            gradient.Span.Clear();
    }

    public void Run(int batch)
    {
        foreach (LayerRun<T> run in runs)
            run.Backward(batch);
    }

    private void Attach(LayerRun<T> run, Node node) => run.AttachGradients(
        [.. node.Inputs.Select(value => gradients.GetValueOrDefault(value))],
        [.. node.Outputs.Select(value => gradients[value])],
        [.. node.Layer.Parameters.Select(parameter =>
            parameterGradients.TryGetValue(parameter, out Memory<T> gradient) ? gradient : (Memory<T>?)null)],
        [.. node.Layer.Parameters.Select(parameter => steppers.GetValueOrDefault(parameter))]);

    /// <summary>Parameters that one layer uses once, and that it can step.</summary>
    private static Dictionary<Parameter, IParameterStepper> SteppedOnTheWay(
        Plan<T> forward, GradientPath path, IReadOnlyDictionary<Parameter, IParameterStepper> steppers)
    {
        var stepped = new Dictionary<Parameter, IParameterStepper>();
        var uses = path.Nodes
            .SelectMany(node => node.Layer.Parameters.Select(
                (parameter, place) => (Parameter: parameter, Place: place, Node: node)))
            .ToLookup(use => use.Parameter);
        foreach ((Parameter parameter, IParameterStepper stepper) in steppers)
            if (uses[parameter].Count() == 1
                && uses[parameter].Single() is var use
                && use.Node.Inputs.Count > 0
                && use.Node.Layer.CanStep(use.Place, forward.BufferOf(use.Node.Inputs[0]).Shape, forward.Capacity))
                stepped[parameter] = stepper;
        return stepped;
    }

    private Memory<T> PlaceGradients(Plan<T> forward, GradientPath path, Value seed)
    {
        long size = 0;
        foreach (Value value in path.Values.Append(seed).Distinct())
        {
            gradients[value] = new TensorBuffer<T>(forward.BufferOf(value).Shape);
            size += (long)forward.Capacity * gradients[value].Shape.Count;
        }

        Memory<T> memory = PlanMemory.Allocate<T>(size);
        int offset = 0;
        foreach (TensorBuffer<T> gradient in gradients.Values)
        {
            int length = forward.Capacity * gradient.Shape.Count;
            gradient.Place(memory.Slice(offset, length));
            offset += length;
        }
        return memory;
    }
}
