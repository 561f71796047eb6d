namespace Attune.Build;

/// <summary>The class of a prediction's output.</summary>
internal sealed class OutputClassEmitter(string model, string accessibility, IReadOnlyList<NamedFeature> features)
{
    public static readonly string[] Members =
        ["Features", "FeatureNames", "GetFeatureValue", "ReadFeature", "ReadByText", "ReadByNumber", "NotThere"];

    private string Name => model + "Output";

    public string Emit() => $$"""
        /// <summary>One prediction of <see cref="{{model}}"/>.</summary>
        {{ClassEmitter.Attribute}}{{accessibility}} sealed partial class {{Name}} : global::Attune.IMLFeatureProvider
        {
        {{Properties()}}    /// <summary>Reads the outputs from what a model returned.</summary>
            public {{Name}}(global::Attune.IMLFeatureProvider features) =>
                this.Features = features ?? throw new global::System.ArgumentNullException(nameof(features));

            /// <summary>What the model returned.</summary>
            public global::Attune.IMLFeatureProvider Features { get; }

            /// <summary>The names of the features.</summary>
            public global::System.Collections.Generic.IReadOnlySet<string> FeatureNames =>
                this.Features.FeatureNames;

            /// <summary>The value of a feature; null for an unknown one.</summary>
            public global::Attune.MLFeatureValue? GetFeatureValue(string featureName) =>
                this.Features.GetFeatureValue(featureName);

            private global::Attune.MLFeatureValue ReadFeature(string featureName) =>
                this.Features.GetFeatureValue(featureName) ?? throw NotThere(featureName);
        {{Readers()}}
            private static global::System.InvalidOperationException NotThere(string featureName) =>
                new($"The prediction holds no value of the described type for its output '{featureName}'.");
        }

        """;

    private string Properties()
    {
        var fields = new NameMaker([.. features.Select(named => named.Property)]);
        return string.Concat(features.Select(named => Property(named, fields)));
    }

    private static string Property(NamedFeature named, NameMaker fields)
    {
        FeatureKind kind = named.Feature.Kind;
        NamedFeature present = named with { Feature = named.Feature with { IsOptional = false } };
        string documentation = Documentation.Property(present, "Output", "    ");
        string declaration = $"    public {FeatureCode.Type(kind)} {named.Property} =>\n       ";
        if (kind is not (FeatureKind.StringDictionary or FeatureKind.Int64Dictionary))
            return $"{documentation}{declaration} {Read(named)};\n\n";
        string field = fields.Camel(named.Feature.Name, "feature");
        string reader = kind == FeatureKind.StringDictionary ? "ReadByText" : "ReadByNumber";
        return $"    private {FeatureCode.Type(kind)}? {field};\n\n"
            + $"{documentation}{declaration} this.{field} ??= this.{reader}({named.Literal});\n\n";
    }

    private static string Read(NamedFeature named) => named.Feature.Kind switch
    {
        FeatureKind.Image or FeatureKind.MultiArray or FeatureKind.StringSequence or FeatureKind.Int64Sequence =>
            $"this.ReadFeature({named.Literal}){FeatureCode.FromFeatureValue(named.Feature.Kind)}"
            + $" ?? throw NotThere({named.Literal})",
        _ => $"this.ReadFeature({named.Literal}){FeatureCode.FromFeatureValue(named.Feature.Kind)}",
    };

    private string Readers() => Reader(FeatureKind.StringDictionary, "ReadByText", "string")
        + Reader(FeatureKind.Int64Dictionary, "ReadByNumber", "long");

    /// <summary>The method that gives a dictionary its typed keys, where an output needs it.</summary>
    private string Reader(FeatureKind kind, string method, string key) =>
        features.All(named => named.Feature.Kind != kind) ? "" : $$"""

                private {{FeatureCode.Type(kind)}} {{method}}(string featureName)
                {
                    var numbers = new global::System.Collections.Generic.Dictionary<{{key}}, double>();
                    foreach (var pair in this.ReadFeature(featureName).DictionaryValue)
                        numbers.Add(({{key}})pair.Key, pair.Value);
                    return numbers;
                }

            """;
}
