using Attune.Graph;

namespace Attune.Lowering;

/// <summary>A network read from a file, ready to be planned: the graph, and how features enter and leave it.</summary>
internal sealed class LoweredNetwork
{
    public required Network Network { get; init; }

    /// <summary>One for each input of <see cref="Network"/>, in its order.</summary>
    public required IReadOnlyList<NetworkInput> Inputs { get; init; }

    /// <summary>
    /// The features that are values of the network. They are the first outputs of <see cref="Network"/>, in order.
    /// </summary>
    public required IReadOnlyList<NetworkOutput> Outputs { get; init; }

    /// <summary>
    /// How probabilities become a label, which are the last output of <see cref="Network"/>; null if it is no
    /// classifier.
    /// </summary>
    public Classifier? Classifier { get; init; }

    /// <summary>Values by the names that the file gives them; of several with one name the last.</summary>
    public required IReadOnlyDictionary<string, Value> ValuesByName { get; init; }
}
