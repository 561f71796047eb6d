using System.Reflection;
using Attune.Format.Specification;
using static Attune.Build.Tests.TestModel;

namespace Attune.Build.Tests;

public sealed class ClassEmitterTests
{
    /// <summary>Every kind of feature, required and optional, and names that need care.</summary>
    private static TestModel Everything => new()
    {
        Description = new ModelDescription
        {
            Input =
            {
                Feature("default", Optional(WholeNumber), "How many."),
                Feature("photo", ColourImage),
                Feature("mask", Optional(Image(8, 4, ImageFeatureType.Types.ColorSpace.GrayscaleFloat16))),
                Feature("scale", Number),
                Feature("style", Words, "One of:\n\n - plain\n - fancy"),
                Feature("embedding", FlexibleArray),
                Feature("bias", Optional(Array(1, 3))),
                Feature("words", Optional(TextDictionary)),
                Feature("counts", Int64Dictionary),
                Feature("tokens", TextSequence),
                Feature("ids", Int64Sequence),
                Feature("featureNames", Optional(Words)),
            },
            Output =
            {
                Feature("count", WholeNumber),
                Feature("amount", Number),
                Feature("features", Words),
                Feature("picture", ColourImage),
                Feature("array", Array(2, 2)),
                Feature("byText", TextDictionary),
                Feature("byNumber", Int64Dictionary),
                Feature("texts", TextSequence),
                Feature("numbers", Int64Sequence),
            },
            State = { Feature("cache", new FeatureType { StateType = new() }) },
        },
    };

    private static FeatureType ColourImage
    {
        get
        {
            FeatureType type = Image(224, 224, ImageFeatureType.Types.ColorSpace.Rgb);
            type.ImageType.ImageSizeRange = new()
            {
                WidthRange = new() { LowerBound = 32, UpperBound = 512 },
                HeightRange = new() { LowerBound = 32, UpperBound = -1 },
            };
            return type;
        }
    }

    private static FeatureType FlexibleArray
    {
        get
        {
            FeatureType type = Array(1, 128);
            type.MultiArrayType.EnumeratedShapes = new()
            {
                Shapes =
                {
                    new ArrayFeatureType.Types.Shape { Shape_ = { 1, 64 } },
                    new ArrayFeatureType.Types.Shape { Shape_ = { 1, 128 } },
                },
            };
            return type;
        }
    }

    private static ClassOptions Named(string file) => new()
    {
        ModelFile = file,
        RelativePath = "Models/" + file,
        Namespace = "My.App",
    };

    [Fact]
    public void Code_of_an_updatable_classifier_is_as_reviewed() =>
        Snapshot.Matches("Updatable", Generated.From(Digits, Named("Digits.mlmodel")).Text);

    [Fact]
    public void Code_of_every_kind_of_feature_is_as_reviewed() =>
        Snapshot.Matches("Everything", Generated.From(Everything, Named("every-thing.mlmodel")).Text);

    [Fact]
    public void Code_compiles_without_a_warning()
    {
        string[] sources =
        [
            Generated.From(Digits, Named("Digits.mlmodel")).Text,
            Generated.From(Everything, Named("every-thing.mlmodel")).Text,
            Generated.From(Digits, Named("Digits.mlmodel") with { Namespace = "" }).Text,
            Generated.From(
                Digits, Named("Model.mlmodel") with { Namespace = "new.Attune", Accessibility = "internal" }).Text,
        ];

        Assert.Empty(Compiled.Complaints(sources));
    }

    [Fact]
    public void A_training_sample_is_made_as_the_walk_through_makes_it()
    {
        const string Use = """
            using System.Collections.Generic;
            using Attune;

            internal static class Use
            {
                internal static IMLBatchProvider Samples(MLPixelBuffer image, string label)
                {
                    var samples = new List<IMLFeatureProvider>();
                    samples.Add(new UpdatableMNISTDigitClassifierTrainingInput(image, digit: label));
                    return new MLArrayBatchProvider(samples);
                }

                internal static async System.Threading.Tasks.Task<string> Learn(
                    UpdatableMNISTDigitClassifier digits, List<UpdatableMNISTDigitClassifierTrainingInput> samples)
                {
                    digits = await digits.UpdateAsync(samples);
                    digits = await digits.UpdateAsync(new MLArrayBatchProvider(samples), new MLModelConfiguration());
                    var input = UpdatableMNISTDigitClassifierInput.FromImageFile("3.png");
                    IReadOnlyDictionary<string, double> all = digits.Prediction(input).DigitProbabilities;
                    return digits.Prediction(input.Image).Digit + all.Count
                        + digits.Predictions([input, input])[0].Digit;
                }
            }
            """;

        string generated = Generated.From(Digits, Named("UpdatableMNISTDigitClassifier.mlmodel")).Text;

        Assert.Empty(Compiled.Complaints(generated, Use));
    }

    [Fact]
    public void Inputs_give_the_feature_values_they_were_made_of()
    {
        Assembly assembly = Compiled.Load(Generated.From(
            Taking(Feature("age", WholeNumber), Feature("tokens", TextSequence), Feature("name", Optional(Words))),
            Named("People.mlmodel")).Text);
        Type type = assembly.GetType("My.App.PeopleInput")!;

        var input = (IMLFeatureProvider)Activator.CreateInstance(type, 42L, new[] { "a", "b" }, null)!;

        Assert.Equal(["age", "name", "tokens"], input.FeatureNames.Order());
        Assert.Equal(42, input.GetFeatureValue("age")!.Int64Value);
        Assert.Equal(["a", "b"], input.GetFeatureValue("tokens")!.SequenceValue!.StringValues);
        Assert.Null(input.GetFeatureValue("name"));
        Assert.Null(input.GetFeatureValue("unknown"));
    }

    [Fact]
    public void Outputs_read_what_the_model_returned()
    {
        Assembly assembly = Compiled.Load(Generated.From(Digits, Named("Digits.mlmodel")).Text);
        var returned = new MLDictionaryFeatureProvider
        {
            ["digit"] = MLFeatureValue.FromString("3"),
            ["digitProbabilities"] = MLFeatureValue.FromDictionary(
                new Dictionary<string, double> { ["3"] = 0.75, ["8"] = 0.25 }),
        };

        dynamic output = Activator.CreateInstance(assembly.GetType("My.App.DigitsOutput")!, returned)!;

        Assert.Equal("3", (string)output.Digit);
        Assert.Equal(0.75, ((IReadOnlyDictionary<string, double>)output.DigitProbabilities)["3"]);
    }

    [Fact]
    public void An_output_that_is_missing_is_named()
    {
        Assembly assembly = Compiled.Load(Generated.From(Digits, Named("Digits.mlmodel")).Text);
        dynamic output = Activator.CreateInstance(
            assembly.GetType("My.App.DigitsOutput")!, new MLDictionaryFeatureProvider())!;

        var error = Assert.Throws<InvalidOperationException>(() => (string)output.Digit);

        Assert.Contains("'digit'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_is_made_by_code_that_knows_only_its_type()
    {
        const string Use = """
            using Attune;

            public static class Use
            {
                public static string PathOf() => Path<My.App.Digits>();

                public static My.App.Digits Make(MLModel model) => Make<My.App.Digits>(model);

                private static string Path<T>() where T : class, IMLTypedModel<T> => T.ModelPath;

                private static T Make<T>(MLModel model) where T : class, IMLTypedModel<T>
                {
                    T made = T.Create(model);
                    made.Model = made.Model;
                    return made;
                }
            }
            """;
        string generated = Generated.From(Digits, Named("Digits.mlmodel")).Text;

        Type use = Compiled.Load(generated, Use).GetType("Use")!;

        Assert.Equal(
            Path.Combine(AppContext.BaseDirectory, "Models", "Digits.mlmodel"),
            use.GetMethod("PathOf")!.Invoke(null, []));
        var refused = Assert.Throws<TargetInvocationException>(() => use.GetMethod("Make")!.Invoke(null, [null]));
        Assert.IsType<ArgumentNullException>(refused.InnerException);
    }

    [Fact]
    public void The_model_path_lies_beside_the_application()
    {
        Type type = Compiled.Load(Generated.From(Digits, Named("Digits.mlmodel")).Text).GetType("My.App.Digits")!;

        Assert.Equal(
            Path.Combine(AppContext.BaseDirectory, "Models", "Digits.mlmodel"),
            type.GetProperty("ModelPath")!.GetValue(null));
    }
}
