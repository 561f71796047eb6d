using System.Diagnostics;
using System.Numerics;
using Attune.Arrays;

namespace Attune.Graph;

/// <summary>
/// One operation, declared whole: its parameters, how shapes follow, forward and, if it has a gradient, backward.
/// Shapes are those of one sample; <see cref="LayerRun{T}.Batch"/> samples lie one after the other in every buffer.
/// A layer is immutable and may run in many plans at once.
/// </summary>
internal abstract class Layer(string name, string kind, params Parameter[] parameters)
{
    /// <summary>The name in the file.</summary>
    public string Name { get; } = name;

    /// <summary>Core ML's name of the layer's type, such as <c>innerProduct</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The type, and the function where the type has several: <c>activation:ReLU</c>.</summary>
    public virtual string QualifiedKind => Kind;

    public IReadOnlyList<Parameter> Parameters { get; } = parameters;

    /// <summary>How many inputs and outputs the layer takes; checked before <see cref="Infer"/> sees any.</summary>
    public virtual LayerArity Arity => LayerArity.OneToOne;

    /// <summary>Whether <see cref="Backward{T}"/> exists.</summary>
    public virtual bool HasGradient => false;

    /// <summary>
    /// Whether the output may be written over the first input: each element depends on its own place alone.
    /// </summary>
    public virtual bool RunsInPlace => false;

    /// <summary>
    /// Whether <see cref="Backward{T}"/> writes over an input's gradient where <see cref="LayerRun{T}.IsFirst"/> says
    /// that nobody has added to it yet. For other layers the plan clears it before.
    /// </summary>
    public virtual bool StoresFirstGradient => false;

    /// <summary>Whether the layer is max(0, x), which the layer before it may do on the way out.</summary>
    public virtual bool IsRectifier => false;

    /// <summary>Whether the layer can store max(0, y) in place of y: see <see cref="LayerRun{T}.Rectifies"/>.</summary>
    public virtual bool CanRectify => false;

    /// <summary>Whether the layer is a <see cref="ChannelAffine"/> for an input of this shape.</summary>
    public virtual bool IsChannelAffine(Shape input) => false;

    /// <summary>What the layer does to so many channels; only if it is one.</summary>
    public virtual ChannelAffine AffineOf(int channels, IReadOnlyList<ReadOnlyMemory<float>> parameters) =>
        throw new UnreachableException($"{this} is no scale and shift of channels, which is checked before.");

    /// <summary>
    /// Whether <see cref="Pack"/> can put a <see cref="ChannelAffine"/> that follows into the layer's parameters.
    /// </summary>
    public virtual bool CanFold => false;

    /// <summary>How the layer likes a batch to come.</summary>
    public virtual BatchHabit Habit => BatchHabit.Either;

    /// <summary>
    /// Whether the output is the inputs of one sample one behind the other, so that they may be made in their places.
    /// </summary>
    public virtual bool JoinsInputs(ReadOnlySpan<Shape> inputs) => false;

    /// <summary>
    /// The parameters as the layer's kernel likes them best, for parameters that do not change while the plan lives;
    /// null if they are best as they are. The result is immutable, and shared by all plans with these shapes and
    /// parameters.
    /// </summary>
    /// <param name="input">The shape of one sample of the first input.</param>
    /// <param name="output">The shape of one sample of the first output.</param>
    /// <param name="parameters">Their numbers.</param>
    /// <param name="folded">What the layer has to do to its output besides; only if <see cref="CanFold"/>.</param>
    public virtual object? Pack(
        Shape input, Shape output, IReadOnlyList<ReadOnlyMemory<float>> parameters, ChannelAffine? folded) => null;

    /// <summary>
    /// Whether the layer's backward pass can step a parameter as the gradient comes out of its kernel, instead of
    /// adding to a stored gradient. It then has to read all else that it needs of the parameter before.
    /// </summary>
    /// <param name="parameter">Its place in <see cref="Parameters"/>.</param>
    /// <param name="input">The shape of one sample of the first input.</param>
    /// <param name="batch">The most samples of one run.</param>
    public virtual bool CanStep(int parameter, Shape input, int batch) => false;

    /// <summary>The shapes of the outputs, of one sample.</summary>
    /// <exception cref="MLModelFormatException">The layer does not take these shapes.</exception>
    public abstract Shape[] Infer(ReadOnlySpan<Shape> inputs);

    /// <summary>
    /// The products that one sample takes, each added to a sum, if the layer is made of them; 0 for others.
    /// </summary>
    public virtual long MultiplyAdds(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 0;

    /// <summary>Writes all outputs of <see cref="LayerRun{T}.Batch"/> samples.</summary>
    public abstract void Forward<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// Adds to the wanted gradients of inputs and parameters, given those of the outputs; but see
    /// <see cref="StoresFirstGradient"/>.
    /// </summary>
    public virtual void Backward<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T> =>
        throw new UnreachableException($"{this} has no gradient, which is checked before a plan is made.");

    public override string ToString() => $"Layer '{Name}' ({Kind})";

    /// <summary>The error of a layer that does not take what it is given: "Layer 'x' (kind) takes …; got …".</summary>
    protected MLModelFormatException Refuse(string takes, string got) => new($"{this} takes {takes}; got {got}.", Name);
}
