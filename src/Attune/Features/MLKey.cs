namespace Attune;

/// <summary>
/// The name of a parameter or a metric, and the place that it belongs to. Two keys are equal if they are of one kind
/// and agree in name and scope.
/// </summary>
/// <remarks>Core ML: <c>MLKey</c>.</remarks>
public abstract class MLKey : IEquatable<MLKey>
{
    private protected MLKey(string name, string scope)
    {
        Name = name;
        Scope = scope;
    }

    /// <summary>The name, such as <c>learningRate</c>.</summary>
    public string Name { get; }

    /// <summary>What the key belongs to: a layer, a model of a pipeline, or both joined by a dot; empty: the whole
    /// model.</summary>
    public string Scope { get; }

    /// <summary>Whether kind, name and scope are equal. Case matters.</summary>
    public bool Equals(MLKey? other) =>
        other is not null && GetType() == other.GetType() && Name == other.Name && Scope == other.Scope;

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as MLKey);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => HashCode.Combine(GetType(), Name, Scope);

    /// <summary>The name behind its scope, such as <c>dense_1.weights</c>.</summary>
    public sealed override string ToString() => Scope.Length == 0 ? Name : $"{Scope}.{Name}";
}
