using System.Numerics;
using Attune.Arrays;
using Attune.Runtime;

namespace Attune.Graph;

/// <summary>
/// A network made ready to run for one set of input shapes and up to <see cref="Capacity"/> samples at a time: shapes
/// inferred, layers that no output needs left out, every buffer placed in one block of memory. Running it allocates
/// nothing. One thread at a time.
/// </summary>
internal sealed class Plan<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Value, TensorBuffer<T>> buffers = [];
    private readonly Network network;

    /// <param name="network">What to run.</param>
    /// <param name="parameters">The numbers that the layers use.</param>
    /// <param name="inputShapes">The shapes of one sample, in the order of the network's inputs.</param>
    /// <param name="capacity">The most samples of one run.</param>
    /// <param name="workers">The threads that kernels may use.</param>
    /// <param name="keepsAll">Whether every value stays readable after a run, as a backward pass needs.</param>
    /// <param name="changing">The parameters that may change while the plan lives; null for none.</param>
    /// <exception cref="MLModelFormatException">A layer does not take the shapes that reach it.</exception>
    /// <exception cref="MLModelNotSupportedException">The buffers would take more memory than this machine should
    /// give.</exception>
    public Plan(
        Network network,
        ParameterSet<T> parameters,
        IReadOnlyList<Shape> inputShapes,
        int capacity,
        Workers workers,
        bool keepsAll = false,
        IReadOnlySet<Parameter>? changing = null)
    {
        this.network = network;
        InputShapes = [.. inputShapes];
        Capacity = capacity;
        Workers = workers;

        IReadOnlyList<Node> nodes = network.Ancestors(network.Outputs);
        if (!keepsAll)
            nodes = RectifierFusion.Apply(nodes, network.Outputs);
        foreach ((Value value, Shape shape) in network.InferShapes(inputShapes))
            buffers[value] = new TensorBuffer<T>(shape);

        PlaceBuffers(nodes, keepsAll);
        Nodes = nodes;
        Runs = [.. nodes.Select(node => MakeRun(node, parameters, changing))];
    }

    public Shape[] InputShapes { get; }

    public int Capacity { get; }

    /// <summary>The memory that the buffers take.</summary>
    public long Bytes { get; private set; }

    public Workers Workers { get; }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>One for each of <see cref="Nodes"/>.</summary>
    public IReadOnlyList<LayerRun<T>> Runs { get; }

    /// <summary>Where to write the first <paramref name="batch"/> samples of an input before a run.</summary>
    public Span<T> Input(int index, int batch) => buffers[network.Inputs[index]].Samples(batch);

    /// <summary>An output of the last run.</summary>
    public ReadOnlySpan<T> Output(int index, int batch) => buffers[network.Outputs[index]].Samples(batch);

    public Shape OutputShape(int index) => buffers[network.Outputs[index]].Shape;

    public TensorBuffer<T> BufferOf(Value value) => buffers[value];

    /// <summary>Runs all layers over the first <paramref name="batch"/> samples of the inputs.</summary>
    public void Run(int batch)
    {
        for (int i = 0; i < Runs.Count; i++)
            Runs[i].Forward(batch);
    }

    private LayerRun<T> MakeRun(Node node, ParameterSet<T> parameters, IReadOnlySet<Parameter>? changing)
    {
        bool isFixed = changing is null || !node.Layer.Parameters.Any(changing.Contains);
        return new LayerRun<T>(
            node.Layer,
            [.. node.Inputs.Select(value => buffers[value])],
            [.. node.Outputs.Select(value => buffers[value])],
            [.. node.Layer.Parameters.Select(parameter => parameters[parameter])],
            Workers)
        {
            Rectifies = node.Rectifies,
            Packed = isFixed && node.Inputs.Count > 0
                ? parameters.Packed(node.Layer, buffers[node.Inputs[0]].Shape, buffers[node.Outputs[0]].Shape)
                : null,
        };
    }

    private void PlaceBuffers(IReadOnlyList<Node> nodes, bool keepsAll)
    {
        var lifetimes = new ValueLifetimes(network, nodes, keepsAll);
        var places = new BufferPlan();
        var offsets = new Dictionary<Value, long>();

        foreach (Value input in network.Inputs)
            offsets[input] = places.Take(SizeOf(input));
        for (int step = 0; step < nodes.Count; step++)
        {
            Value? overwritten = lifetimes.OverwrittenBy(step);
            foreach (Value output in nodes[step].Outputs)
                offsets[output] = overwritten is null ? places.Take(SizeOf(output)) : offsets[overwritten];
            foreach (Value dead in lifetimes.EndingAt(step))
                places.Release(offsets[dead], SizeOf(dead));
        }

        Memory<T> block = PlanMemory.Allocate<T>(places.Size);
        Bytes = places.Size * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        foreach ((Value value, long offset) in offsets)
            buffers[value].Place(block.Slice((int)offset, (int)SizeOf(value)));
    }

    private long SizeOf(Value value) => (long)Capacity * buffers[value].Shape.Count;
}
