using Attune.Features;

namespace Attune;

/// <summary>
/// The key of a parameter of a model: of its update, of its neighbours, or the weights of one of its layers.
/// </summary>
/// <remarks>
/// <c>MLParameterKey.Weights.Scoped("dense_1")</c> names the weights of a layer;
/// <c>MLParameterKey.Weights.Scoped("model1").Scoped("dense_1")</c> those of a layer of a model in a pipeline, and
/// equals <c>Scoped("model1.dense_1")</c>. Core ML: <c>MLParameterKey</c>.
/// </remarks>
public sealed class MLParameterKey : MLKey
{
    private MLParameterKey(string name, ParameterKind kind, string scope = "") : base(name, scope) => Kind = kind;

    /// <summary>The learning rate of SGD or Adam. A double; the one number that may change while an update
    /// runs.</summary>
    public static MLParameterKey LearningRate { get; } = new("learningRate", ParameterKind.Double);

    /// <summary>The momentum of SGD. A double.</summary>
    public static MLParameterKey Momentum { get; } = new("momentum", ParameterKind.Double);

    /// <summary>Samples per step. An integer.</summary>
    public static MLParameterKey MiniBatchSize { get; } = new("miniBatchSize", ParameterKind.Int64);

    /// <summary>Adam's decay of the first moment. A double.</summary>
    public static MLParameterKey Beta1 { get; } = new("beta1", ParameterKind.Double);

    /// <summary>Adam's decay of the second moment. A double.</summary>
    public static MLParameterKey Beta2 { get; } = new("beta2", ParameterKind.Double);

    /// <summary>Adam's small addend. A double.</summary>
    public static MLParameterKey Eps { get; } = new("eps", ParameterKind.Double);

    /// <summary>How often all samples are gone through. An integer.</summary>
    public static MLParameterKey Epochs { get; } = new("epochs", ParameterKind.Int64);

    /// <summary>Whether samples are shuffled between epochs. A boolean.</summary>
    public static MLParameterKey Shuffle { get; } = new("shuffle", ParameterKind.Boolean);

    /// <summary>The seed of the shuffle. An integer.</summary>
    public static MLParameterKey Seed { get; } = new("seed", ParameterKind.Int64);

    /// <summary>How many neighbours vote in a nearest-neighbours classifier. An integer.</summary>
    public static MLParameterKey NumberOfNeighbors { get; } = new("numberOfNeighbors", ParameterKind.Int64);

    /// <summary>The file name of a linked model. A string.</summary>
    public static MLParameterKey LinkedModelFileName { get; } = new("linkedModelFileName", ParameterKind.String);

    /// <summary>Where linked models are searched for. A string.</summary>
    public static MLParameterKey LinkedModelSearchPath { get; } = new("linkedModelSearchPath", ParameterKind.String);

    /// <summary>The weights of the layer that the key is scoped to. An <see cref="MLMultiArray"/>.</summary>
    public static MLParameterKey Weights { get; } = new("weights", ParameterKind.MultiArray);

    /// <summary>The biases of the layer that the key is scoped to. An <see cref="MLMultiArray"/>.</summary>
    public static MLParameterKey Biases { get; } = new("biases", ParameterKind.MultiArray);

    /// <summary>What kind of value the parameter takes.</summary>
    internal ParameterKind Kind { get; }

    /// <summary>The same parameter within a layer, or within a model of a pipeline. It may be repeated, the outer scope
    /// first: the scopes are joined by a dot.</summary>
    /// <param name="scope">The name of a layer or of a model.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public MLParameterKey Scoped(string scope)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        return new MLParameterKey(Name, Kind, Scope.Length == 0 ? scope : $"{Scope}.{scope}");
    }

    /// <summary>The same parameter without any scope.</summary>
    internal MLParameterKey Unscoped() => Scope.Length == 0 ? this : new MLParameterKey(Name, Kind);

    /// <summary>The key as a pipeline has it whose model <paramref name="outer"/> has this one.</summary>
    internal MLParameterKey Under(string outer) => new(Name, Kind, Scope.Length == 0 ? outer : $"{outer}.{Scope}");

    /// <summary>The key as the model or layer named <paramref name="outer"/> sees it: without that outer scope; null if
    /// the key belongs elsewhere.</summary>
    internal MLParameterKey? Within(string outer)
    {
        if (Scope == outer)
            return Unscoped();
        return Scope.Length > outer.Length + 1 && Scope.StartsWith(outer, StringComparison.Ordinal)
            && Scope[outer.Length] == '.'
            ? new MLParameterKey(Name, Kind, Scope[(outer.Length + 1)..])
            : null;
    }
}
