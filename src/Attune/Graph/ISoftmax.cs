using Attune.Arrays;

namespace Attune.Graph;

/// <summary>A layer that makes probabilities, which a loss may see through to its input.</summary>
internal interface ISoftmax
{
    /// <summary>Whether all elements of a sample of this shape are one distribution.</summary>
    bool IsOverAll(Shape shape);
}
