using Attune.Format.Specification;
using Google.Protobuf.Collections;

namespace Attune.Format.Validation;

/// <summary>Rules on models with parts in Apple's systems, or with parameters that only those can read.</summary>
internal static class SystemModelRules
{
    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } = OwnChecks.Follow(
    [
        new(
            "print.kind",
            "A feature print is of a kind and a version that are there.",
            "Set kind and version.",
            PrintKind),
        new(
            "print.objects",
            "A print of objects names two outputs, which are the model's.",
            "Name the outputs.",
            PrintObjects),
        new("sound.kind", "Preprocessing of sound is of a kind that is there.", "Set vggish.", SoundKind),
        new(
            "sound.shapes",
            "Preprocessing of sound makes FLOAT32 [1×96×64] of FLOAT32 [15600].",
            "Correct the features.",
            SoundShapes),
        new(
            "text.revision",
            "Models of texts have a revision: 1 or more, gazetteers and embeddings 2 or more.",
            "Set revision.",
            Revision),
        new("text.labels", "Models that put labels or tags on texts have some.", "Give the labels.", TextLabels),
        new("text.data", "Models of texts have their data.", "Set modelParameterData.", TextData),
        new(
            "tagger.outputs",
            "The outputs of a tagger are those that it names, the tags among them, each once.",
            "Correct the names.",
            TaggerOutputs),
        new(
            "tagger.types",
            "Tags and tokens are sequences of texts, locations and lengths sequences of integers.",
            "Correct the types.",
            TaggerTypes),
    ]);

    private static IEnumerable<Flaw> PrintKind(ValidatedModel model)
    {
        bool isMissing = model.Model switch
        {
            { VisionFeaturePrint: { } print } =>
                (int)(print.Scene?.Version ?? 0) == 0 && (int)(print.Objects?.Version ?? 0) == 0,
            { AudioFeaturePrint: { } print } => (int)(print.Sound?.Version ?? 0) == 0,
            _ => false,
        };
        if (isMissing)
            yield return new Flaw($"A {model.Kind} takes a kind with a version; the file gives none.");
    }

    private static IEnumerable<Flaw> PrintObjects(ValidatedModel model)
    {
        if (model.Model.VisionFeaturePrint?.Objects is not { } objects)
            yield break;
        if (objects.Output.Count != 2)
            yield return new Flaw(
                $"A print of objects takes two outputs; got {objects.Output.Count}.", "objects.output");
        foreach (FeatureDescription output in model.Description.Output)
            if (!objects.Output.Contains(output.Name))
                yield return new Flaw($"Output '{output.Name}' is none that the print names.", "objects.output");
    }

    private static IEnumerable<Flaw> SoundKind(ValidatedModel model)
    {
        if (model.Model.SoundAnalysisPreprocessing is { Vggish: null })
            yield return new Flaw("Preprocessing of sound takes a kind; the file gives none.");
    }

    private static IEnumerable<Flaw> SoundShapes(ValidatedModel model)
    {
        if (model.Model.SoundAnalysisPreprocessing?.Vggish is null)
            yield break;
        if (!IsArray(model.Description.Input, 15600))
            yield return new Flaw("Preprocessing of sound takes a FLOAT32 array [15600]; the input is another.");
        if (!IsArray(model.Description.Output, 1, 96, 64))
            yield return new Flaw("Preprocessing of sound makes a FLOAT32 array [1×96×64]; the output is another.");
    }

    private static bool IsArray(RepeatedField<FeatureDescription> features, params long[] shape) =>
        features.Count > 0
        && features[0].Type?.MultiArrayType is { DataType: ArrayFeatureType.Types.ArrayDataType.Float32 } array
        && array.Shape.SequenceEqual(shape);

    private static IEnumerable<Flaw> Revision(ValidatedModel model)
    {
        (uint revision, uint least) = model.Model switch
        {
            { TextClassifier: { } text } => (text.Revision, 1u),
            { WordTagger: { } text } => (text.Revision, 1u),
            { Gazetteer: { } text } => (text.Revision, 2u),
            { WordEmbedding: { } text } => (text.Revision, 2u),
            _ => (0u, 0u),
        };
        if (revision < least)
            yield return new Flaw($"A {model.Kind} takes a revision of {least} or more; got {revision}.", "revision");
    }

    private static IEnumerable<Flaw> TextLabels(ValidatedModel model)
    {
        int count = model.Model switch
        {
            { TextClassifier: { } text } => text.StringClassLabels?.Vector.Count ?? 0,
            { WordTagger: { } text } => text.StringTags?.Vector.Count ?? 0,
            { Gazetteer: { } text } => text.StringClassLabels?.Vector.Count ?? 0,
            _ => 1,
        };
        if (count == 0)
            yield return new Flaw($"A {model.Kind} takes labels; the file gives none.");
    }

    private static IEnumerable<Flaw> TextData(ValidatedModel model)
    {
        int length = model.Model switch
        {
            { TextClassifier: { } text } => text.ModelParameterData.Length,
            { WordTagger: { } text } => text.ModelParameterData.Length,
            { Gazetteer: { } text } => text.ModelParameterData.Length,
            { WordEmbedding: { } text } => text.ModelParameterData.Length,
            _ => 1,
        };
        if (length == 0)
            yield return new Flaw($"A {model.Kind} takes its data; the file gives none.", "modelParameterData");
    }

    private static IEnumerable<Flaw> TaggerOutputs(ValidatedModel model)
    {
        if (model.Model.WordTagger is not { } tagger)
            yield break;
        string[] names = [.. TaggerNames(tagger).Select(entry => entry.Name).Where(name => name.Length > 0)];
        string[] outputs = [.. model.Description.Output.Select(output => output.Name)];
        if (outputs.Length != names.Length || !outputs.All(names.Contains)
            || !outputs.Contains(tagger.TokenTagsOutputFeatureName))
            yield return new Flaw(
                $"A tagger makes {string.Join(", ", names)}, and tags; the description has " +
                $"{string.Join(", ", outputs)}.");
    }

    private static IEnumerable<Flaw> TaggerTypes(ValidatedModel model)
    {
        if (model.Model.WordTagger is not { } tagger)
            yield break;
        foreach ((string name, bool areTexts) in TaggerNames(tagger))
            foreach (SequenceFeatureType? type in TypesOf(model, name))
                if (areTexts ? type?.StringType is null : type?.Int64Type is null)
                    yield return new Flaw(
                        $"Output '{name}' of a tagger is a sequence of {(areTexts ? "texts" : "integers")}; " +
                        "it is another.");
    }

    private static IEnumerable<SequenceFeatureType?> TypesOf(ValidatedModel model, string output) =>
        model.Description.Output.Where(feature => feature.Name == output).Select(feature => feature.Type?.SequenceType);

    private static IEnumerable<(string Name, bool AreTexts)> TaggerNames(WordTagger tagger) =>
    [
        (tagger.TokenTagsOutputFeatureName, true), (tagger.TokensOutputFeatureName, true),
        (tagger.TokenLocationsOutputFeatureName, false), (tagger.TokenLengthsOutputFeatureName, false),
    ];
}
