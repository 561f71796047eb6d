using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>categoricalMapping</c>: strings for integers or integers for strings, one or a sequence of them. What the map
/// does not have becomes the value for unknown ones, or is refused where the file gives none.
/// </summary>
internal sealed class CategoricalMappingModel : FeatureModel
{
    private readonly CategoricalMapping mapping;
    private readonly MLFeatureDescription input;
    private readonly MLFeatureDescription output;
    private readonly bool fromTexts;

    /// <exception cref="MLModelFormatException">There is no map, or the features are not of its kinds.</exception>
    public CategoricalMappingModel(ModelContext context)
    {
        var model = new Interface(context);
        mapping = context.Model.CategoricalMapping;
        fromTexts = mapping.MappingTypeCase == CategoricalMapping.MappingTypeOneofCase.StringToInt64Map;
        if (mapping.MappingTypeCase == CategoricalMapping.MappingTypeOneofCase.None)
            throw model.Wrong("takes a map; the file has none", "mappingType");
        if (mapping.ValueOnUnknownCase == (fromTexts
                ? CategoricalMapping.ValueOnUnknownOneofCase.StrValue
                : CategoricalMapping.ValueOnUnknownOneofCase.Int64Value))
            throw model.Wrong("takes a value for unknown ones of the kind that it maps to", "valueOnUnknown");
        input = model.Input(From, MLFeatureType.Sequence);
        output = model.Output(To, MLFeatureType.Sequence);
        if (input.Type == MLFeatureType.Sequence != (output.Type == MLFeatureType.Sequence)
            || (input.SequenceConstraint?.ValueDescription.Type ?? From) != From
            || (output.SequenceConstraint?.ValueDescription.Type ?? To) != To)
            throw model.Wrong(
                $"takes {From} and gives {To}, both single or both in sequences; its features are others",
                "description");
    }

    private MLFeatureType From => fromTexts ? MLFeatureType.String : MLFeatureType.Int64;

    private MLFeatureType To => fromTexts ? MLFeatureType.Int64 : MLFeatureType.String;

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        MLFeatureValue? value = inputs.Get(input);
        outputs.Add(output.Name, value switch
        {
            null => MLFeatureValue.Undefined(output.Type),
            { SequenceValue: { } sequence } => MLFeatureValue.FromSequence(fromTexts
                ? MLSequence.FromInt64s(sequence.StringValues.Select(text => Map(inputs, text)))
                : MLSequence.FromStrings(sequence.Int64Values.Select(integer => Map(inputs, integer)))),
            _ when fromTexts => MLFeatureValue.FromInt64(Map(inputs, value.StringValue)),
            _ => MLFeatureValue.FromString(Map(inputs, value.Int64Value)),
        });
    }

    private long Map(InputFeatures inputs, string text) =>
        mapping.StringToInt64Map.Map.TryGetValue(text, out long integer) ? integer
        : mapping.HasInt64Value ? mapping.Int64Value
        : throw Unknown(inputs, $"'{text}'");

    private string Map(InputFeatures inputs, long integer) =>
        mapping.Int64ToStringMap.Map.TryGetValue(integer, out string? text) ? text
        : mapping.HasStrValue ? mapping.StrValue
        : throw Unknown(inputs, $"{integer}");

    private MLFeatureException Unknown(InputFeatures inputs, string got) => InputFeatures.Refusal(
        input.Name, "takes what the model's map has, which gives no value for others", got);
}
