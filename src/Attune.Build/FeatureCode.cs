namespace Attune.Build;

/// <summary>A feature with the C# names it got.</summary>
internal sealed record NamedFeature(FeatureInterface Feature, string Property, string Parameter)
{
    /// <summary>The name as a C# string literal.</summary>
    public string Literal => Text.Literal(Feature.Name);

    /// <summary>The parameter's name as documentation writes it.</summary>
    public string ParameterInDocs => Parameter.TrimStart('@');

    /// <summary>Names for the features of one class, in file order.</summary>
    /// <param name="features">The features.</param>
    /// <param name="reserved">Names of the class's own members, and its own.</param>
    public static IReadOnlyList<NamedFeature> Of(IReadOnlyList<FeatureInterface> features, params string[] reserved)
    {
        var properties = new NameMaker([.. reserved, .. MembersOfObject]);
        var parameters = new NameMaker();
        return [.. features.Select(feature => new NamedFeature(
            feature, properties.Pascal(feature.Name, "Feature"), parameters.Camel(feature.Name, "feature")))];
    }

    private static readonly string[] MembersOfObject =
        ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];
}

/// <summary>The C# of each kind of feature: its type, and the way to a feature value and back.</summary>
internal static class FeatureCode
{
    private const string Generic = "global::System.Collections.Generic.";
    private const string Value = "global::Attune.MLFeatureValue.";

    public static string Type(FeatureKind kind) => kind switch
    {
        FeatureKind.Int64 => "long",
        FeatureKind.Double => "double",
        FeatureKind.String => "string",
        FeatureKind.Image => "global::Attune.MLPixelBuffer",
        FeatureKind.MultiArray => "global::Attune.MLMultiArray",
        FeatureKind.StringDictionary => Generic + "IReadOnlyDictionary<string, double>",
        FeatureKind.Int64Dictionary => Generic + "IReadOnlyDictionary<long, double>",
        FeatureKind.StringSequence => Generic + "IReadOnlyList<string>",
        FeatureKind.Int64Sequence => Generic + "IReadOnlyList<long>",
        _ => "global::Attune.MLFeatureValue",
    };

    public static string NullableType(FeatureInterface feature) => Type(feature.Kind) + (feature.IsOptional ? "?" : "");

    public static bool IsReference(FeatureKind kind) => kind is not (FeatureKind.Int64 or FeatureKind.Double);

    /// <summary>An expression that makes a feature value of <paramref name="expression"/>, which is not null.</summary>
    public static string ToFeatureValue(FeatureKind kind, string expression) => kind switch
    {
        FeatureKind.Int64 => $"{Value}FromInt64({expression})",
        FeatureKind.Double => $"{Value}FromDouble({expression})",
        FeatureKind.String => $"{Value}FromString({expression})",
        FeatureKind.Image => $"{Value}FromPixelBuffer({expression})",
        FeatureKind.MultiArray => $"{Value}FromMultiArray({expression})",
        FeatureKind.StringDictionary or FeatureKind.Int64Dictionary => $"{Value}FromDictionary({expression})",
        FeatureKind.StringSequence => $"{Value}FromSequence(global::Attune.MLSequence.FromStrings({expression}))",
        FeatureKind.Int64Sequence => $"{Value}FromSequence(global::Attune.MLSequence.FromInt64s({expression}))",
        _ => expression,
    };

    /// <summary>The member of a feature value that holds the kind; the ones that end in ? may be null there.</summary>
    public static string FromFeatureValue(FeatureKind kind) => kind switch
    {
        FeatureKind.Int64 => ".Int64Value",
        FeatureKind.Double => ".DoubleValue",
        FeatureKind.String => ".StringValue",
        FeatureKind.Image => ".ImageBufferValue",
        FeatureKind.MultiArray => ".MultiArrayValue",
        FeatureKind.StringSequence => ".SequenceValue?.StringValues",
        FeatureKind.Int64Sequence => ".SequenceValue?.Int64Values",
        _ => "",
    };
}
