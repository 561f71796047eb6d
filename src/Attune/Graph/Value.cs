namespace Attune.Graph;

/// <summary>One array that flows through a network: an input, or what a layer makes. Compared by identity.</summary>
internal sealed class Value(string name)
{
    /// <summary>The name it has in the model file, for messages.</summary>
    public string Name { get; } = name;

    public override string ToString() => Name;
}
