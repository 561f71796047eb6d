using System.Numerics;
using Attune.Runtime;

namespace Attune.Graph;

/// <summary>
/// The backward pass of a plan that keeps all values: from the gradient of one value (the seed) to the gradients of the
/// trainable parameters. Only layers between the two take part. The first layer to come to a gradient stores it, or
/// finds it cleared; later ones add.
/// </summary>
internal sealed class BackwardPlan<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Value, TensorBuffer<T>> gradients = [];
    private readonly Dictionary<Parameter, Memory<T>> parameterGradients = [];
    private readonly Dictionary<Parameter, IParameterStepper> steppers;
    private readonly List<Step> steps = [];
    private readonly TensorBuffer<T> seed;

    /// <param name="forward">The plan of the forward pass, made with <c>keepsAll</c>.</param>
    /// <param name="seed">The value whose gradient the caller provides.</param>
    /// <param name="trainable">The parameters whose gradients are wanted.</param>
    /// <param name="steppers">
    /// The optimizer for each trainable parameter, to be applied on the way wherever a layer can; null to get all
    /// gradients.
    /// </param>
    /// <param name="wantedInputs">
    /// Inputs of the network whose gradients are wanted too; none for training. Those that the seed does not depend on
    /// have a gradient of 0.
    /// </param>
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
        PlaceGradients(forward, path.Values.Append(seed).Concat(wantedInputs).Distinct());
        this.seed = gradients[seed];
        this.steppers = steppers is null ? [] : SteppedOnTheWay(forward, path, steppers);
        foreach (Parameter parameter in trainable)
            if (!this.steppers.ContainsKey(parameter))
                parameterGradients[parameter] = AlignedMemory.Allocate<T>(parameter.Shape.Count);

        // Gradients that hold something when a layer comes to them.
        var begun = new HashSet<Value> { seed };
        for (int i = forward.Nodes.Count - 1; i >= 0; i--)
            if (path.Nodes.Contains(forward.Nodes[i]))
                steps.Add(MakeStep(forward.Runs[i], forward.Nodes[i], begun));
    }

    /// <summary>
    /// Where the caller writes the gradient of the seed value, after <see cref="Clear"/> and before each
    /// <see cref="Run"/>: a rectifier that is joined to the layer before it changes what is here.
    /// </summary>
    public Span<T> Seed(int batch) => seed.Samples(batch);

    /// <summary>Whether a run steps this parameter itself, so that there is no gradient of it.</summary>
    public bool Steps(Parameter parameter) => steppers.ContainsKey(parameter);

    /// <summary>The gradient of a trainable parameter, from the last run.</summary>
    public Span<T> GradientOf(Parameter parameter) => parameterGradients[parameter].Span;

    /// <summary>The gradient of a wanted input, from the last run.</summary>
    public Span<T> GradientOf(Value value, int batch) => gradients[value].Samples(batch);

    /// <summary>Before the caller writes the seed: nothing is added to any parameter yet.</summary>
    public void Clear()
    {
        foreach (Memory<T> gradient in parameterGradients.Values)
            gradient.Span.Clear();
    }

    public void Run(int batch)
    {
        foreach (Step step in steps)
        {
            foreach (TensorBuffer<T> gradient in step.Cleared)
                gradient.Samples(batch).Clear();
            step.Run.Backward(batch);
        }
    }

    /// <summary>
    /// The first layer that comes to a gradient stores it, if it can; otherwise the gradient is cleared just before.
    /// </summary>
    private Step MakeStep(LayerRun<T> run, Node node, HashSet<Value> begun)
    {
        var isFirst = new bool[node.Inputs.Count];
        var cleared = new List<TensorBuffer<T>>();
        for (int i = 0; i < isFirst.Length; i++)
        {
            Value input = node.Inputs[i];
            if (!gradients.TryGetValue(input, out TensorBuffer<T>? gradient) || !begun.Add(input))
                continue;
            isFirst[i] = node.Layer.StoresFirstGradient && node.Inputs.Count(other => other == input) == 1;
            if (!isFirst[i])
                cleared.Add(gradient);
        }
        run.AttachGradients(
            [.. node.Inputs.Select(value => gradients.GetValueOrDefault(value))],
            isFirst,
            [.. node.Outputs.Select(value => gradients[value])],
            [.. node.Layer.Parameters.Select(parameter =>
                parameterGradients.TryGetValue(parameter, out Memory<T> gradient) ? gradient : (Memory<T>?)null)],
            [.. node.Layer.Parameters.Select(parameter => steppers.GetValueOrDefault(parameter))]);
        return new Step(run, [.. cleared]);
    }

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

    /// <summary>
    /// Gives each value memory of zeros for its gradient. Zero it stays where no layer comes to it: outputs that
    /// nothing on the path consumes, inputs that the seed does not depend on.
    /// </summary>
    private void PlaceGradients(Plan<T> forward, IEnumerable<Value> values)
    {
        long size = 0;
        foreach (Value value in values)
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
    }

    /// <summary>A layer's turn, and the gradients that begin with it.</summary>
    private sealed record Step(LayerRun<T> Run, TensorBuffer<T>[] Cleared);
}
