namespace Attune.Build;

/// <summary>The class of a prediction's input, or of a training sample.</summary>
/// <param name="model">The model's class.</param>
/// <param name="role"><c>Input</c> or <c>TrainingInput</c>.</param>
/// <param name="accessibility">Of the class.</param>
/// <param name="features">Its properties.</param>
internal sealed class InputClassEmitter(
    string model, string role, string accessibility, IReadOnlyList<NamedFeature> features)
{
    public static readonly string[] Members =
        ["FeatureNames", "featureNames", "GetFeatureValue", "FromImageFile", "FromImageFiles"];

    private string Name => model + role;

    private string What => role == "Input" ? "One input" : "One training sample";

    public string Emit() => $$"""
        /// <summary>{{What}} of <see cref="{{model}}"/>.</summary>
        {{ClassEmitter.Attribute}}{{accessibility}} sealed partial class {{Name}} : global::Attune.IMLFeatureProvider
        {
            private static readonly global::System.Collections.Generic.HashSet<string> featureNames =
                new(global::System.StringComparer.Ordinal)
                {
        {{Lines(features, named => $"            {named.Literal},")}}
                };

            /// <summary>Makes the {{(role == "Input" ? "input" : "sample")}} from its features.</summary>
        {{ParameterDocs(features)}}    public {{Name}}({{Parameters(features)}})
            {
        {{Lines(features, Assignment)}}
            }

        {{Lines(features, Property)}}
            /// <summary>The names of the features.</summary>
            public global::System.Collections.Generic.IReadOnlySet<string> FeatureNames => featureNames;

        {{FromImageFile()}}    /// <summary>The value of a feature; null for one that is left out or unknown.</summary>
            public global::Attune.MLFeatureValue? GetFeatureValue(string featureName) => featureName switch
            {
        {{Lines(features, SwitchArm)}}
                _ => null,
            };
        }

        """;

    /// <summary>Optional features go last, as C# asks.</summary>
    public static IEnumerable<NamedFeature> InParameterOrder(IEnumerable<NamedFeature> features) =>
        features.OrderBy(named => named.Feature.IsOptional);

    public static string Parameters(IEnumerable<NamedFeature> features) =>
        string.Join(", ", InParameterOrder(features).Select(Parameter));

    public static string ParameterDocs(IEnumerable<NamedFeature> features) =>
        string.Concat(InParameterOrder(features).Select(named => Documentation.Parameter(named, "    ")));

    public static string Arguments(IEnumerable<NamedFeature> features) =>
        string.Join(", ", InParameterOrder(features).Select(named => named.Parameter));

    private static string Type(NamedFeature named) => FeatureCode.NullableType(named.Feature);

    private static string Parameter(NamedFeature named) =>
        $"{Type(named)} {named.Parameter}{(named.Feature.IsOptional ? " = null" : "")}";

    private static string Assignment(NamedFeature named)
    {
        bool check = !named.Feature.IsOptional && FeatureCode.IsReference(named.Feature.Kind);
        string otherwise = check
            ? $" ?? throw new global::System.ArgumentNullException(nameof({named.Parameter}))"
            : "";
        return $"        this.{named.Property} = {named.Parameter}{otherwise};";
    }

    private static string Property(NamedFeature named) => $$"""
        {{Documentation.Property(named, "Input", "    ")}}    public {{Type(named)}} {{named.Property}} { get; set; }

        """;

    private static string SwitchArm(NamedFeature named)
    {
        string Value(string expression) => FeatureCode.ToFeatureValue(named.Feature.Kind, expression);

        return named.Feature.IsOptional
            ? $"        {named.Literal} => this.{named.Property} is {{ }} value ? {Value("value")} : null,"
            : $"        {named.Literal} => {Value("this." + named.Property)},";
    }

    /// <summary>A way to make the input from image files, where it takes images of a known size.</summary>
    private string FromImageFile()
    {
        int images = features.Count(IsFromFile);
        if (images == 0)
            return "";
        var names = new NameMaker("options");
        NamedFeature[] renamed = [.. InParameterOrder(features).Select(named => named with
        {
            Parameter = names.Camel(named.Feature.Name + (IsFromFile(named) ? "Path" : ""), "feature"),
        })];
        IEnumerable<string> declared = renamed.Select(named =>
            IsFromFile(named) ? $"string {named.Parameter}" : Parameter(named));
        IEnumerable<string> given = renamed.Select(named =>
            IsFromFile(named) ? ReadImage(named.Parameter, named.Feature.Image!) : named.Parameter);
        string file = images == 1 ? "file" : "files";
        return $"""
                /// <summary>The same with images from files, scaled to the model's size.</summary>
                public static {Name} FromImage{char.ToUpperInvariant(file[0])}{file.Substring(1)}(
                    {string.Join(", ", declared)}, global::Attune.MLImageOptions? options = null) =>
                    new(
                        {string.Join(",\n            ", given)});


            """;
    }

    private static bool IsFromFile(NamedFeature named) => named.Feature is { Image: not null, IsOptional: false };

    private static string ReadImage(string path, ImageInterface image) =>
        $"global::Attune.MLFeatureValue.FromImageFile({path}, {image.Width}, {image.Height}, "
        + $"global::Attune.MLPixelFormat.{image.PixelFormat}, options).ImageBufferValue!";

    private static string Lines(IEnumerable<NamedFeature> features, Func<NamedFeature, string> line) =>
        string.Join("\n", features.Select(line));
}
