using System.Numerics;
using Attune.Arrays;
using Attune.Kernels;
using Attune.Runtime;

namespace Attune.Graph;

/// <summary>
/// What one layer sees while a plan runs it: its values and parameters, and in the backward pass their gradients.
/// Made once per plan; nothing is allocated while it runs.
/// </summary>
internal sealed class LayerRun<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TensorBuffer<T>[] inputs;
    private readonly TensorBuffer<T>[] outputs;
    private readonly Memory<T>[] parameters;
    private TensorBuffer<T>?[] inputGradients = [];
    private bool[] isFirst = [];
    private TensorBuffer<T>[] outputGradients = [];
    private Memory<T>?[] parameterGradients = [];
    private IParameterStepper?[] steppers = [];

    public LayerRun(
        Layer layer, TensorBuffer<T>[] inputs, TensorBuffer<T>[] outputs, Memory<T>[] parameters, Workers workers)
    {
        Layer = layer;
        this.inputs = inputs;
        this.outputs = outputs;
        this.parameters = parameters;
        Workers = workers;
    }

    public Layer Layer { get; }

    public Workers Workers { get; }

    /// <summary>What <see cref="Graph.Layer.Pack"/> made of the parameters; null if they may change.</summary>
    public object? Packed { get; init; }

    /// <summary>Whether the layer has to store max(0, y) in place of y.</summary>
    public bool Rectifies { get; init; }

    /// <summary>Number of samples in this run; at most the plan's capacity.</summary>
    public int Batch { get; private set; }

    public int InputCount => inputs.Length;

    public int OutputCount => outputs.Length;

    /// <summary>The shape of one sample.</summary>
    public Shape InputShape(int index) => inputs[index].Shape;

    /// <summary>The shape of one sample.</summary>
    public Shape OutputShape(int index) => outputs[index].Shape;

    public ReadOnlySpan<T> Input(int index) => inputs[index].Samples(Batch);

    /// <summary>One sample of an input, to be read.</summary>
    public Memory<T> InputSample(int index, int sample) => inputs[index].Sample(sample);

    /// <summary>One sample of an output.</summary>
    public Memory<T> OutputSample(int index, int sample) => outputs[index].Sample(sample);

    public Span<T> Output(int index) => outputs[index].Samples(Batch);

    public ReadOnlySpan<T> Parameter(int index) => parameters[index].Span;

    public ReadOnlySpan<T> OutputGradient(int index) => outputGradients[index].Samples(Batch);

    /// <summary>Whether anything trainable lies before this input.</summary>
    public bool WantsInputGradient(int index) => inputGradients[index] is not null;

    /// <summary>The gradient that the layer adds to; only if wanted.</summary>
    public Span<T> InputGradient(int index) => inputGradients[index]!.Samples(Batch);

    /// <summary>
    /// Whether nothing was added to this input's gradient yet, so that it holds what it may: only for layers with
    /// <see cref="Graph.Layer.StoresFirstGradient"/>.
    /// </summary>
    public bool IsFirst(int index) => isFirst[index];

    public bool WantsParameterGradient(int index) => parameterGradients[index] is not null;

    /// <summary>
    /// Who steps this parameter as its gradient comes out of the kernel, see <see cref="Graph.Layer.CanStep"/>; null if
    /// the gradient is added to <see cref="ParameterGradient"/> as usual, or not wanted.
    /// </summary>
    public IParameterStepper? Stepper(int index) => steppers[index];

    /// <summary>The numbers of a parameter that is stepped.</summary>
    public Span<T> ParameterToStep(int index) => parameters[index].Span;

    /// <summary>The gradient that the layer adds to; only if wanted.</summary>
    public Span<T> ParameterGradient(int index) => parameterGradients[index]!.Value.Span;

    public void Forward(int batch)
    {
        Batch = batch;
        Layer.Forward(this);
    }

    /// <summary>Called once, by the plan of the backward pass.</summary>
    public void AttachGradients(
        TensorBuffer<T>?[] ofInputs, bool[] first, TensorBuffer<T>[] ofOutputs, Memory<T>?[] ofParameters,
        IParameterStepper?[] stepping)
    {
        steppers = stepping;
        inputGradients = ofInputs;
        isFirst = first;
        outputGradients = ofOutputs;
        parameterGradients = ofParameters;
    }

    public void Backward(int batch)
    {
        Batch = batch;
        if (Rectifies)
            Rectifier.Backward<T>(Workers, Output(0), outputGradients[0].Samples(batch));
        Layer.Backward(this);
    }
}
