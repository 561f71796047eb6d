namespace Attune.Format.Validation;

/// <summary>How many inputs and outputs a kind of layer takes, and of which rank.</summary>
/// <param name="Inputs">How many inputs.</param>
/// <param name="Outputs">How many outputs.</param>
internal sealed record LayerForm(CountRange Inputs, CountRange Outputs)
{
    /// <summary>Ranks of the first input and of the first output; null if any will do.</summary>
    public CountRange? Ranks { get; init; }

    /// <summary>Whether the first output has the rank of the first input.</summary>
    public bool KeepsRank { get; init; }

    /// <summary>Whether all inputs have one rank.</summary>
    public bool InputsAlike { get; init; }

    /// <summary>Whether all outputs have one rank.</summary>
    public bool OutputsAlike { get; init; }

    /// <summary>Whether networks that give every array rank 5 may have the layer.</summary>
    public bool IsClassic { get; init; }
}

/// <summary>Numbers from a least to a greatest, both included.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The greatest; <see cref="int.MaxValue"/> for any.</param>
internal readonly record struct CountRange(int Least, int Most)
{
    public static CountRange Exactly(int count) => new(count, count);

    public static CountRange AtLeast(int count) => new(count, int.MaxValue);

    public bool Has(int count) => count >= Least && count <= Most;

    public override string ToString() => this switch
    {
        _ when Least == Most => $"{Least}",
        { Most: int.MaxValue } => $"{Least} or more",
        _ => $"{Least} to {Most}",
    };
}
