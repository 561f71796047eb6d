using System.Text.RegularExpressions;

namespace Attune.Conformance;

/// <summary>Which layers, or which type of model, a refusal is about.</summary>
internal static partial class MissingPart
{
    /// <summary>
    /// "Layer 'a' (lrn) is not supported." is about <c>lrn</c>; "Layer 'b' (convolution) has int8 weights." about
    /// <c>convolution has int8 weights</c>; "Models of the type glmRegressor …" about <c>glmRegressor</c>.
    /// </summary>
    public static IReadOnlyList<string> Of(MLModelNotSupportedException refusal) =>
        [.. refusal.Reasons.Select(Of).Distinct()];

    private static string Of(string reason)
    {
        if (Layer().Match(reason) is { Success: true } layer)
            return layer.Groups["does"].Value is "is not supported"
                ? layer.Groups["kind"].Value
                : $"{layer.Groups["kind"].Value} {layer.Groups["does"].Value}";
        return Model().Match(reason) is { Success: true } model ? model.Groups["type"].Value : reason;
    }

    [GeneratedRegex(@"^Layer '.*' \((?<kind>[^)]*)\),? (?<does>.*?)\.?$", RegexOptions.Singleline)]
    private static partial Regex Layer();

    [GeneratedRegex(@"^Models of the type (?<type>\w+) ")]
    private static partial Regex Model();
}
