using Attune.Format.Specification;
using static Attune.Build.Tests.TestModel;

namespace Attune.Build.Tests;

/// <summary>Whatever a file says, the code compiles without a warning, and nothing in the file becomes code.</summary>
public sealed class HostileModelTests
{
    private static readonly string[] Texts =
    [
        "*/ public static class Evil; /*",
        "\n} public static class Evil { }\n",
        "\r} public static class Evil { }",
        "\u2028} public static class Evil { }",
        "\u0085} public static class Evil { }",
        "\"; public static class Evil; //",
        "\\\"; \\u0022 {0} {{ }} {name} $\"{1}\"",
        "</summary><script>&amp;&nope;]]>",
        "<!--", "-->", "\0\u0001\u001b[31m", "\ud800", "\u202Eesrever", "🐱🐱",
        "#error line", "\n#error line", "\n#pragma warning restore\n#line 1 \"x\"",
        "FeatureNames", "GetFeatureValue", "Features", "Model", "Equals", "GetType", "ReadFeature", "featureNames",
        "System", "Attune", "global", "value", "this", "await", "field", "options", "input", "featureName", "task",
        "context", "samples", "MLPixelBuffer", "ModelInput", "Model_fileInput", "Model_fileOutput", "Get_Value", "_",
    ];

    [Fact]
    public void Any_text_is_only_text()
    {
        string[] sources = [.. Texts.SelectMany((text, i) => Sources(text, $"N{i}"))];

        Assert.Empty(Compiled.Complaints(sources));
        Assert.DoesNotContain("Evil", Compiled.DeclaredTypes(sources));
    }

    /// <summary>A model that says the text wherever it can, and the same in a project that says it too.</summary>
    private static string[] Sources(string text, string inNamespace)
    {
        FeatureDescription[] features =
        [
            Feature(text, Words, text), Feature(text + "!", Optional(Number), text),
            Feature(text + "?", Image(8, 8), text), Feature(text + "Path", TextDictionary),
        ];
        var model = new TestModel
        {
            IsUpdatable = true,
            Description = new ModelDescription
            {
                Input = { features },
                Output = { features },
                TrainingInput = { features },
                State = { Feature(text, new FeatureType { StateType = new() }) },
                PredictedFeatureName = text,
                Metadata = new Metadata { ShortDescription = text, Author = text, License = text },
            },
        };
        ClassOptions plain = new() { ModelFile = "Model.mlmodel", RelativePath = "x", Namespace = inNamespace };
        ClassOptions hostile = new()
        {
            ModelFile = text,
            RelativePath = text,
            Namespace = $"{text}.{inNamespace}",
            ClassName = text,
        };
        return [Generated.From(model, plain).Text, Generated.From(model, hostile).Text];
    }

    [Fact]
    public void Hundreds_of_features_make_a_class()
    {
        TestModel model = Taking([
            .. Enumerable.Range(0, 500).Select(i => Feature("f" + new string('!', i % 7) + i, Number))]);

        Assert.Empty(Compiled.Complaints(Generated.From(model).Text));
    }

    [Fact]
    public void Names_that_are_alike_after_cleaning_stay_apart()
    {
        TestModel model = Taking(
            Feature("a b", Number), Feature("a-b", Number), Feature("A b", Number),
            Feature("a_b2", Number), Feature("a?b", Number));

        Assert.Empty(Compiled.Complaints(Generated.From(model).Text));
    }

    [Fact]
    public void Long_descriptions_are_cut()
    {
        TestModel model = Taking(Feature("a", Words, new string('x', 1_000_000)));

        Assert.InRange(Generated.From(model).Text.Length, 1, 50_000);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    [InlineData(-5)]
    public void Images_of_an_impossible_size_are_not_made_from_files(long width)
    {
        FeatureType type = Image(8, 8);
        type.ImageType.Width = width;

        string text = Generated.From(Taking(Feature("image", type))).Text;

        Assert.DoesNotContain("FromImageFile(", text, StringComparison.Ordinal);
        Assert.Empty(Compiled.Complaints(text));
    }
}
