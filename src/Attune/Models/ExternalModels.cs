using System.Collections.ObjectModel;
using Attune.Format;
using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Models;

/// <summary>
/// Models whose substance is not in the file, or in bytes that only Apple's systems read: run by what the application
/// has registered for them, or else refused with what is missing.
/// </summary>
internal static class ExternalModels
{
    public static ModelImplementation Make(ModelContext context)
    {
        string type = ModelFacts.FieldName(context.Model.TypeCase);
        bool isCustom = context.Model.TypeCase == Model.TypeOneofCase.CustomModel;
        string name = isCustom ? context.Model.CustomModel.ClassName : type;
        if (context.Configuration.CustomModels.TryGetValue(name, out MLCustomModelFactory? factory))
            return new RegisteredModel(name, factory, ParametersOf(context.Model), context.Description);
        string missing = Missing(context.Model);
        string reason =
            $"Models of the type {type} do not run by themselves: {missing}. Register what computes them as " +
            $"MLModelConfiguration.CustomModels[\"{name}\"].";
        return new NotSupportedModel(reason, [reason]);
    }

    private static string Missing(Model model) => model.TypeCase switch
    {
        Model.TypeOneofCase.CustomModel => $"the class '{model.CustomModel.ClassName}' is the application's own",
        Model.TypeOneofCase.VisionFeaturePrint => "the network is part of Apple's systems, the file has its version",
        Model.TypeOneofCase.AudioFeaturePrint => "the network is part of Apple's systems, the file has its version",
        Model.TypeOneofCase.SoundAnalysisPreprocessing =>
            "the spectrogram's definition is part of Apple's systems, the file has its name",
        Model.TypeOneofCase.TextClassifier or Model.TypeOneofCase.WordTagger or Model.TypeOneofCase.Gazetteer
            or Model.TypeOneofCase.WordEmbedding => "their data are bytes that only Apple's Natural Language reads",
        Model.TypeOneofCase.SerializedModel => $"'{model.SerializedModel.Identifier}' is known to its maker alone",
        _ => "they show their description, and predicting with them is not supported",
    };

    /// <summary>What the file says, by the names of its fields.</summary>
    private static Dictionary<string, object> ParametersOf(Model model)
    {
        Dictionary<string, object> parameters = model.TypeCase switch
        {
            Model.TypeOneofCase.CustomModel => Of(model.CustomModel),
            Model.TypeOneofCase.VisionFeaturePrint => Of(model.VisionFeaturePrint),
            Model.TypeOneofCase.AudioFeaturePrint =>
                new() { ["sound.version"] = (long)(model.AudioFeaturePrint.Sound?.Version ?? 0) },
            Model.TypeOneofCase.TextClassifier => Language(
                model.TextClassifier.Revision, model.TextClassifier.Language, model.TextClassifier.ModelParameterData,
                "stringClassLabels", model.TextClassifier.StringClassLabels),
            Model.TypeOneofCase.WordTagger => Of(model.WordTagger),
            Model.TypeOneofCase.Gazetteer => Language(
                model.Gazetteer.Revision, model.Gazetteer.Language, model.Gazetteer.ModelParameterData,
                "stringClassLabels", model.Gazetteer.StringClassLabels),
            Model.TypeOneofCase.WordEmbedding => Language(
                model.WordEmbedding.Revision, model.WordEmbedding.Language, model.WordEmbedding.ModelParameterData,
                "", labels: null),
            Model.TypeOneofCase.SerializedModel => new()
            {
                ["identifier"] = model.SerializedModel.Identifier, ["model"] = model.SerializedModel.Model.Memory,
            },
            _ => [],
        };
        return parameters;
    }

    private static Dictionary<string, object> Of(CustomModel custom)
    {
        var parameters = new Dictionary<string, object>();
        foreach ((string name, CustomModel.Types.CustomModelParamValue value) in custom.Parameters)
            parameters[name] = value.ValueCase switch
            {
                CustomModel.Types.CustomModelParamValue.ValueOneofCase.DoubleValue => value.DoubleValue,
                CustomModel.Types.CustomModelParamValue.ValueOneofCase.StringValue => value.StringValue,
                CustomModel.Types.CustomModelParamValue.ValueOneofCase.IntValue => value.IntValue,
                CustomModel.Types.CustomModelParamValue.ValueOneofCase.LongValue => value.LongValue,
                CustomModel.Types.CustomModelParamValue.ValueOneofCase.BoolValue => value.BoolValue,
                CustomModel.Types.CustomModelParamValue.ValueOneofCase.BytesValue => value.BytesValue.Memory,
                _ => throw new MLModelFormatException(
                    $"A custom model takes parameters with a value; '{name}' has none.", "customModel.parameters"),
            };
        return parameters;
    }

    private static Dictionary<string, object> Of(VisionFeaturePrint print) => print.VisionFeaturePrintTypeCase switch
    {
        VisionFeaturePrint.VisionFeaturePrintTypeOneofCase.Scene =>
            new() { ["scene.version"] = (long)print.Scene.Version },
        VisionFeaturePrint.VisionFeaturePrintTypeOneofCase.Objects => new()
        {
            ["objects.version"] = (long)print.Objects.Version, ["objects.output"] = Strings(print.Objects.Output),
        },
        _ => [],
    };

    private static Dictionary<string, object> Of(WordTagger tagger)
    {
        Dictionary<string, object> parameters = Language(
            tagger.Revision, tagger.Language, tagger.ModelParameterData, "stringTags", tagger.StringTags);
        parameters["tokensOutputFeatureName"] = tagger.TokensOutputFeatureName;
        parameters["tokenTagsOutputFeatureName"] = tagger.TokenTagsOutputFeatureName;
        parameters["tokenLocationsOutputFeatureName"] = tagger.TokenLocationsOutputFeatureName;
        parameters["tokenLengthsOutputFeatureName"] = tagger.TokenLengthsOutputFeatureName;
        return parameters;
    }

    private static Dictionary<string, object> Language(
        uint revision, string language, ByteString data, string labelsName, StringVector? labels)
    {
        var parameters = new Dictionary<string, object>
        {
            ["revision"] = (long)revision, ["language"] = language, ["modelParameterData"] = data.Memory,
        };
        if (labels is not null)
            parameters[labelsName] = Strings(labels.Vector);
        return parameters;
    }

    private static ReadOnlyCollection<string> Strings(IEnumerable<string> strings) => Array.AsReadOnly([.. strings]);
}
