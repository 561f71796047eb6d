namespace Attune;

/// <summary>
/// What a model says about one of its inputs, outputs, training inputs or states: the name, the kind, and what values
/// it takes.
/// </summary>
/// <remarks>Core ML: <c>MLFeatureDescription</c>.</remarks>
public sealed class MLFeatureDescription
{
    internal MLFeatureDescription(string name, MLFeatureType type)
    {
        Name = name;
        Type = type;
    }

    /// <summary>The name of the feature.</summary>
    public string Name { get; }

    /// <summary>The kind of its values.</summary>
    public MLFeatureType Type { get; }

    /// <summary>Whether it may be missing, or <see cref="MLFeatureValue.Undefined"/>.</summary>
    public bool IsOptional { get; internal init; }

    /// <summary>What the model's author says about it; may be empty.</summary>
    public string ShortDescription { get; internal init; } = "";

    /// <summary>What arrays it takes; null if it is no array.</summary>
    public MLMultiArrayConstraint? MultiArrayConstraint { get; internal init; }

    /// <summary>What images it takes; null if it is no image.</summary>
    public MLImageConstraint? ImageConstraint { get; internal init; }

    /// <summary>What dictionaries it takes; null if it is no dictionary.</summary>
    public MLDictionaryConstraint? DictionaryConstraint { get; internal init; }

    /// <summary>What sequences it takes; null if it is no sequence.</summary>
    public MLSequenceConstraint? SequenceConstraint { get; internal init; }

    /// <summary>What array it keeps; null if it is no state.</summary>
    public MLStateConstraint? StateConstraint { get; internal init; }

    /// <summary>
    /// Whether the feature takes a value. The kind must be the feature's: an integer is not taken for a double. An
    /// array must have one of the shapes; any element type is taken, because it is converted. An image must have one of
    /// the sizes and be gray or coloured as the feature is; a prediction or update takes others too, and scales and
    /// converts them when it uses them. An undefined value is taken if the feature is optional.
    /// </summary>
    public bool IsAllowed(MLFeatureValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Type != Type)
            return false;
        if (value.IsUndefined)
            return IsOptional;
        return Type switch
        {
            MLFeatureType.MultiArray => MultiArrayConstraint?.IsAllowed(value.MultiArrayValue!) ?? true,
            MLFeatureType.Image => ImageConstraint?.IsAllowed(value.ImageBufferValue!) ?? true,
            MLFeatureType.Dictionary => DictionaryConstraint?.IsAllowed(value) ?? true,
            MLFeatureType.Sequence => SequenceConstraint?.IsAllowed(value.SequenceValue!) ?? true,
            MLFeatureType.Int64 or MLFeatureType.Double or MLFeatureType.String => true,
            _ => false,
        };
    }

    /// <summary>Name and what it takes: <c>'image' takes a gray image of 28×28 pixels</c>.</summary>
    public override string ToString() => $"'{Name}' {Expected}";

    /// <summary>What it takes, beginning with the verb, for messages.</summary>
    internal string Expected => $"takes {TypeText}{(IsOptional ? ", or nothing" : "")}";

    /// <summary>Why a value is not taken: <c>takes …; got …</c>; null if it is. A missing value is null.</summary>
    internal string? Refusal(MLFeatureValue? value) => IsTaken(value) ? null : $"{Expected}; got {GotText(value)}";

    /// <summary>The same as an exception that carries the facts; null if the value is taken.</summary>
    internal MLFeatureException? RefusalException(MLFeatureValue? value, int? sampleIndex = null) =>
        IsTaken(value) ? null : MLFeatureException.Of(Name, Expected, GotText(value), sampleIndex);

    /// <summary>The border between the caller's values and the engine.</summary>
    /// <exception cref="MLFeatureException">The value is missing though it is not optional, or not taken.</exception>
    internal void Require(MLFeatureValue? value, int? sampleIndex)
    {
        if (RefusalException(value, sampleIndex) is { } refusal)
            throw refusal;
    }

    /// <summary>The value as the model takes it: an image is brought to the model's size, if it has another.</summary>
    internal MLFeatureValue? Fitted(MLFeatureValue? value) =>
        value?.ImageBufferValue is { } image && ImageConstraint is { } constraint
            ? constraint.Fitted(image) ?? value
            : value;

    private string TypeText =>
        MultiArrayConstraint?.ToString() ?? ImageConstraint?.ToString() ?? DictionaryConstraint?.ToString()
        ?? SequenceConstraint?.ToString() ?? StateConstraint?.ToString() ?? $"a value of kind {Type}";

    private bool IsTaken(MLFeatureValue? value) => value is null ? IsOptional : IsAllowed(value);

    private static string GotText(MLFeatureValue? value) => value?.ToString() ?? "nothing";
}
