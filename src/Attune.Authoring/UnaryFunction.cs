namespace Attune.Authoring;

/// <summary>The functions of Core ML's <c>unary</c> layer, of t = scale · x + shift.</summary>
public enum UnaryFunction
{
    /// <summary>√t</summary>
    Sqrt = 0,

    /// <summary>1 / √(t + epsilon)</summary>
    Rsqrt = 1,

    /// <summary>1 / (t + epsilon)</summary>
    Inverse = 2,

    /// <summary>t to the power of alpha</summary>
    Power = 3,

    /// <summary>e to the power of t</summary>
    Exp = 4,

    /// <summary>The natural logarithm of t</summary>
    Log = 5,

    /// <summary>|t|</summary>
    Abs = 6,

    /// <summary>The larger of t and alpha</summary>
    Threshold = 7,
}
