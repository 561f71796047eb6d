using System.Numerics;
using Attune.Arrays;
using Attune.Runtime;

namespace Attune.Graph;

/// <summary>
/// A network made ready to run for one set of input shapes and up to <see cref="Capacity"/> samples at a time: shapes
/// inferred, layers that no output needs left out, others joined, constants computed, every buffer placed in one block
/// of memory. Running it allocates nothing. One thread at a time.
/// </summary>
internal sealed class Plan<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // A thread that has more than one sample gains from taking them one after the other.
    private const int FewestPerThread = 2;

    private readonly Dictionary<Value, TensorBuffer<T>> buffers = [];
    private readonly Network network;

    /// <param name="network">What to run.</param>
    /// <param name="parameters">The numbers that the layers use.</param>
    /// <param name="inputShapes">The shapes of one sample, in the order of the network's inputs.</param>
    /// <param name="capacity">The most samples of one run.</param>
    /// <param name="workers">The threads that kernels may use.</param>
    /// <param name="keepsAll">Whether what a backward pass needs stays readable after a run: every value but those that
    /// are only rectified.</param>
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

        Dictionary<Value, Shape> shapes = network.InferShapes(inputShapes);
        foreach ((Value value, Shape shape) in shapes)
            buffers[value] = new TensorBuffer<T>(shape);
        IReadOnlyList<Node> nodes = network.Ancestors(network.Outputs);
        Node[] constants = [];
        if (keepsAll)
            nodes = LayerFusion.JoinRectifiers(nodes, network.Outputs, shapes);
        else
        {
            nodes = LayerFusion.Apply(nodes, network.Outputs, shapes, layer => MayFold(layer, changing));
            constants = ConstantNodes.Of(nodes);
            nodes = [.. nodes.Except(constants)];
            if (capacity >= FewestPerThread * workers.Threads)
                nodes = JoinSamples(nodes, parameters);
        }

        PlaceBuffers([.. constants, .. nodes], keepsAll ? null : Kept(constants));
        Nodes = nodes;
        Runs = [.. nodes.Select(node => MakeRun(node, parameters, changing))];
        foreach (Node constant in constants)
            MakeRun(constant, parameters, changing).Forward(capacity);
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

    public int OutputCount => network.Outputs.Count;

    public Shape OutputShape(int index) => buffers[network.Outputs[index]].Shape;

    public TensorBuffer<T> BufferOf(Value value) => buffers[value];

    /// <summary>Runs all layers over the first <paramref name="batch"/> samples of the inputs.</summary>
    public void Run(int batch)
    {
        for (int i = 0; i < Runs.Count; i++)
            Runs[i].Forward(batch);
    }

    /// <summary>Makes an input's samples lie elsewhere: for plans of one sample that take turns over a batch.</summary>
    public void PlaceInput(int index, Memory<T> place) => buffers[network.Inputs[index]].Place(place);

    private LayerRun<T> MakeRun(Node node, ParameterSet<T> parameters, IReadOnlySet<Parameter>? changing)
    {
        bool isFixed = changing is null || !node.Parameters.Any(changing.Contains);
        return new LayerRun<T>(
            node.Layer,
            [.. node.Inputs.Select(value => buffers[value])],
            [.. node.Outputs.Select(value => buffers[value])],
            [.. node.Layer.Parameters.Select(parameter => parameters[parameter])],
            Workers)
        {
            Rectifies = node.Rectifies,
            Packed = isFixed && node.Inputs.Count > 0
                ? parameters.Packed(node, buffers[node.Inputs[0]].Shape, buffers[node.Outputs[0]].Shape)
                : null,
        };
    }

    /// <summary>Weights are packed, and may be changed on the way, as floats.</summary>
    private static bool MayFold(Layer layer, IReadOnlySet<Parameter>? changing) =>
        typeof(T) == typeof(float) && (changing is null || !layer.Parameters.Any(changing.Contains));

    private List<Node> JoinSamples(IReadOnlyList<Node> nodes, ParameterSet<T> parameters) =>
        SampleChains.Join(nodes, network.Outputs, chain =>
        {
            Shape[] shapes = [.. chain.Inputs.Select(value => buffers[value].Shape)];
            var lanes = new Plan<T>[Workers.Threads];
            for (int i = 0; i < lanes.Length; i++)
                lanes[i] = new Plan<T>(chain, parameters, shapes, 1, Workers.Single);
            Bytes += lanes.Sum(lane => lane.Bytes);
            return new SampleBySample<T>(chain.Nodes[0].Layer.Name, lanes);
        });

    // Inputs are the caller's: a run may follow a run over the same samples. Outputs are read afterwards.
    private HashSet<Value> Kept(IEnumerable<Node> constants) =>
        [.. network.Inputs, .. network.Outputs, .. constants.SelectMany(node => node.Outputs)];

    private void PlaceBuffers(IReadOnlyList<Node> nodes, IReadOnlySet<Value>? kept)
    {
        var shapes = buffers.ToDictionary(buffer => buffer.Key, buffer => buffer.Value.Shape);
        var placement = new BufferPlacement(nodes, network.Inputs, kept, shapes, Capacity);
        Memory<T> block = PlanMemory.Allocate<T>(placement.Size);
        Bytes += placement.Size * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        foreach ((Value value, long offset) in placement.Offsets)
            buffers[value].Place(block.Slice((int)offset, Capacity * buffers[value].Shape.Count));
    }
}
