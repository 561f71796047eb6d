using Attune.Format.Specification;
using Google.Protobuf;
using static Attune.Tests.Format.Validation.Breaches.Features;

namespace Attune.Tests.Format.Validation.Breaches;

/// <summary>Breaches of the rules on models with parts in Apple's systems.</summary>
internal static class SystemModelBreaches
{
    public static IReadOnlyList<Breach> All { get; } =
    [
        new(
            "print.kind",
            () => Models.Of(Image("x"), TestModels.Array("y", 2), model => model.VisionFeaturePrint =
                new() { Scene = new() { Version = VisionFeaturePrint.Types.Scene.Types.SceneVersion._1 } }),
            model => model.VisionFeaturePrint.ClearVisionFeaturePrintType()),
        new("print.objects", Objects, model => model.VisionFeaturePrint.Objects.Output.RemoveAt(1)),
        new("sound.kind", Sound, model => model.SoundAnalysisPreprocessing.ClearSoundAnalysisPreprocessingType()),
        new("sound.shapes", Sound, model => model.Description.Input[0] = TestModels.Array("x", 2)),
        new("text.revision", Texts, model => model.TextClassifier.Revision = 0),
        new("text.labels", Texts, model => model.TextClassifier.StringClassLabels.Vector.Clear()),
        new("text.data", Texts, model => model.TextClassifier.ModelParameterData = ByteString.Empty),
        new("tagger.outputs", Tagger, model => model.WordTagger.TokenTagsOutputFeatureName = "other"),
        new("tagger.types", Tagger, model => model.Description.Output[0] = Integers("tags")),
    ];

    private static Model Objects()
    {
        Model model = Models.Of(Image("x"), TestModels.Array("a", 2), model => model.VisionFeaturePrint = new()
        {
            Objects = new()
            {
                Version = VisionFeaturePrint.Types.Objects.Types.ObjectsVersion._1, Output = { "a", "b" },
            },
        });
        model.Description.Output.Add(TestModels.Array("b", 2));
        return model;
    }

    private static Model Sound() => Models.Of(
        TestModels.Array("x", 15600),
        TestModels.Array("y", 1, 96, 64),
        model => model.SoundAnalysisPreprocessing = new() { Vggish = new() });

    private static Model Texts() => Models.Of(Text("x"), Text("y"), model => model.TextClassifier = new()
    {
        Revision = 1, StringClassLabels = Models.Labels(), ModelParameterData = ByteString.CopyFrom(1),
    });

    private static Model Tagger() => Models.Of(Text("x"), Features.Texts("tags"), model => model.WordTagger = new()
    {
        Revision = 1, TokenTagsOutputFeatureName = "tags",
        StringTags = Models.Labels(), ModelParameterData = ByteString.CopyFrom(1),
    });
}
