using Attune.Format.Specification;

namespace Attune.Authoring;

/// <summary>Which shapes arrays and images have inside a network.</summary>
public enum InputMapping
{
    /// <summary>
    /// The classic one, five axes [sequence×batch×C×H×W]: an array [C] becomes [1×1×C×1×1], [C×H×W] becomes
    /// [1×1×C×H×W], an image likewise; other ranks than 1, 3 and 5 are refused. The default, and what the oldest
    /// systems run.
    /// </summary>
    Rank5 = 0,

    /// <summary>Arrays are as they are, images are [1×C×H×W]. Needs specification version 4 (iOS 13).</summary>
    Exact = 1,
}

/// <summary>The mapping as the file has it.</summary>
internal static class InputMappingMessages
{
    public static NeuralNetworkMultiArrayShapeMapping Arrays(this InputMapping mapping) =>
        mapping == InputMapping.Exact
            ? NeuralNetworkMultiArrayShapeMapping.ExactArrayMapping
            : NeuralNetworkMultiArrayShapeMapping.Rank5ArrayMapping;

    public static NeuralNetworkImageShapeMapping Images(this InputMapping mapping) =>
        mapping == InputMapping.Exact
            ? NeuralNetworkImageShapeMapping.Rank4ImageMapping
            : NeuralNetworkImageShapeMapping.Rank5ImageMapping;
}
