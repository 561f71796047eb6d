using Attune.Format.Specification;
using Google.Protobuf.Collections;
using Feature = Attune.Format.Specification.FeatureType.TypeOneofCase;
using Imputed = Attune.Format.Specification.Imputer.ImputedValueOneofCase;
using Replaced = Attune.Format.Specification.Imputer.ReplaceValueOneofCase;

namespace Attune.Format.Validation;

/// <summary>Rules on models that prepare features.</summary>
internal static class FeatureEngineeringRules
{
    public static IReadOnlyList<ValidationRule<ValidatedModel>> All { get; } = OwnChecks.Follow(
    [
        new(
            "encoder.categories",
            "Encoders, mappings and vectorizers of dictionaries have categories of one kind.",
            "Set the categories.",
            Categories),
        new("vectorizer.sizes", "Each input of a vectorizer has one number or more.", "Set inputDimensions.", Sizes),
        new("normalizer.kind", "A norm is LMax, L1 or L2.", "Set normType.", Norm),
        new(
            "extractor.index",
            "An extractor of one number names one place.",
            "Name one place, or describe an array as output.",
            Extractor),
        new(
            "scaler.types",
            "A scaler makes what it takes, or of an integer a number.",
            "Correct the type of the output.",
            ScalerTypes),
        new(
            "transform.arrays",
            "Scalers and imputers take arrays of one axis, and make arrays of the same size.",
            "Correct the shapes.",
            Arrays),
        new(
            "scaler.values",
            "A scaler has one shift and one scale, or one for each element of an array, or none.",
            "Correct shiftValue and scaleValue.",
            ScalerValues),
        new("imputer.types", "An imputer makes what it takes.", "Correct the type of the output.", ImputerTypes),
        new(
            "imputer.value",
            "The values that an imputer puts in and takes out are of the type of its input.",
            "Correct the values.",
            ImputerValue),
        new(
            "mapping.unknown",
            "What a mapping makes of values that it does not know is of the type that it makes.",
            "Set the other value.",
            MappingUnknown),
        new(
            "mapping.sequences",
            "A mapping of a sequence makes a sequence, of the types of the map.",
            "Correct the types of the sequences.",
            MappingSequences),
    ]);

    private static IEnumerable<Flaw> Categories(ValidatedModel model)
    {
        bool isMissing = model.Model switch
        {
            { OneHotEncoder: { } encoder } =>
                encoder.CategoryTypeCase == OneHotEncoder.CategoryTypeOneofCase.None,
            { DictVectorizer: { } vectorizer } => vectorizer.MapCase == DictVectorizer.MapOneofCase.None,
            { CategoricalMapping: { } mapping } =>
                mapping.MappingTypeCase == CategoricalMapping.MappingTypeOneofCase.None,
            _ => false,
        };
        if (isMissing)
            yield return new Flaw($"A {model.Kind} takes categories; the file gives none.");
    }

    private static IEnumerable<Flaw> Sizes(ValidatedModel model) =>
        from column in model.Model.FeatureVectorizer?.InputList ?? []
        where column.InputDimensions == 0
        select new Flaw($"Input '{column.InputColumn_}' of a vectorizer takes one number or more; got 0.", "inputList");

    private static IEnumerable<Flaw> Norm(ValidatedModel model)
    {
        if (model.Model.Normalizer is { } normalizer && !Enum.IsDefined(normalizer.NormType))
            yield return new Flaw($"A normalizer takes LMax, L1 or L2; got {(int)normalizer.NormType}.", "normType");
    }

    private static IEnumerable<Flaw> Extractor(ValidatedModel model)
    {
        if (model.Model.ArrayFeatureExtractor is { ExtractIndex.Count: not 1 } extractor
            && First(model.Description.Output).Type?.DoubleType is not null)
            yield return new Flaw(
                $"An extractor of one number takes one place; got {extractor.ExtractIndex.Count}.", "extractIndex");
    }

    private static IEnumerable<Flaw> ScalerTypes(ValidatedModel model)
    {
        (Feature input, Feature output) = Types(model);
        if (model.Model.Scaler is not null
            && output != input && !(input == Feature.Int64Type && output == Feature.DoubleType))
            yield return new Flaw($"A scaler of {input} makes {input}; got {output}.");
    }

    private static IEnumerable<Flaw> ImputerTypes(ValidatedModel model)
    {
        (Feature input, Feature output) = Types(model);
        if (model.Model.Imputer is not null && output != input)
            yield return new Flaw($"An imputer of {input} makes {input}; got {output}.");
    }

    private static IEnumerable<Flaw> Arrays(ValidatedModel model)
    {
        if ((model.Model.Scaler is null && model.Model.Imputer is null)
            || First(model.Description.Input).Type?.MultiArrayType is not { } input)
            yield break;
        ArrayFeatureType output = First(model.Description.Output).Type?.MultiArrayType ?? new ArrayFeatureType();
        if (input.Shape.Count != 1 || !output.Shape.Equals(input.Shape))
            yield return new Flaw(
                $"A {model.Kind} takes an array of one axis, and makes one of its size; got " +
                $"[{string.Join('×', input.Shape)}] and [{string.Join('×', output.Shape)}].");
    }

    private static IEnumerable<Flaw> ScalerValues(ValidatedModel model)
    {
        if (model.Model.Scaler is not { } scaler)
            yield break;
        ArrayFeatureType? array = First(model.Description.Input).Type?.MultiArrayType;
        long size = array is { Shape.Count: > 0 } ? array.Shape[0] : 1;
        foreach ((string field, int count) in
            new[] { ("shiftValue", scaler.ShiftValue.Count), ("scaleValue", scaler.ScaleValue.Count) })
            if (count > 1 && count != size)
                yield return new Flaw($"A scaler takes {size} numbers, one or none as {field}; got {count}.", field);
    }

    private static IEnumerable<Flaw> ImputerValue(ValidatedModel model)
    {
        if (model.Model.Imputer is not { } imputer)
            yield break;
        FeatureType type = First(model.Description.Input).Type ?? new FeatureType();
        (Feature[] inputs, Replaced replaced, int? size) = imputer.ImputedValueCase switch
        {
            Imputed.ImputedDoubleValue =>
                ([Feature.DoubleType, Feature.MultiArrayType], Replaced.ReplaceDoubleValue, null),
            Imputed.ImputedInt64Value => ([Feature.Int64Type], Replaced.ReplaceInt64Value, null),
            Imputed.ImputedStringValue => ([Feature.StringType], Replaced.ReplaceStringValue, null),
            Imputed.ImputedDoubleArray => (
                [Feature.MultiArrayType], Replaced.ReplaceDoubleValue, imputer.ImputedDoubleArray.Vector.Count),
            Imputed.ImputedInt64Array => (
                [Feature.MultiArrayType], Replaced.ReplaceInt64Value, imputer.ImputedInt64Array.Vector.Count),
            Imputed.ImputedStringDictionary or Imputed.ImputedInt64Dictionary =>
                ([Feature.DictionaryType], Replaced.None, null),
            _ => (Array.Empty<Feature>(), Replaced.None, (int?)null),
        };
        if (!inputs.Contains(type.TypeCase))
            yield return new Flaw(
                $"An imputer of {type.TypeCase} takes a value of that type; got {imputer.ImputedValueCase}.");
        if (imputer.ReplaceValueCase != Replaced.None && imputer.ReplaceValueCase != replaced)
            yield return new Flaw(
                $"An imputer with {imputer.ImputedValueCase} replaces values of that type; got " +
                $"{imputer.ReplaceValueCase}.");
        if (size is { } count && type.MultiArrayType is { Shape: [var length] } && length != count)
            yield return new Flaw($"An imputer of {length} numbers takes as many values; got {count}.");
    }

    private static IEnumerable<Flaw> MappingUnknown(ValidatedModel model)
    {
        if (model.Model.CategoricalMapping is not { } mapping)
            yield break;
        bool isOther = mapping.ValueOnUnknownCase switch
        {
            CategoricalMapping.ValueOnUnknownOneofCase.StrValue => mapping.StringToInt64Map is not null,
            CategoricalMapping.ValueOnUnknownOneofCase.Int64Value => mapping.Int64ToStringMap is not null,
            _ => false,
        };
        if (isOther)
            yield return new Flaw($"A {mapping.MappingTypeCase} makes another type than {mapping.ValueOnUnknownCase}.");
    }

    private static IEnumerable<Flaw> MappingSequences(ValidatedModel model)
    {
        if (model.Model.CategoricalMapping is not { } mapping
            || First(model.Description.Input).Type?.SequenceType is not { } input)
            yield break;
        SequenceFeatureType? output = First(model.Description.Output).Type?.SequenceType;
        bool takesTexts = mapping.StringToInt64Map is not null;
        if ((input.StringType is not null) != takesTexts || (input.Int64Type is not null) == takesTexts
            || (takesTexts ? output?.Int64Type is null : output?.StringType is null))
            yield return new Flaw("A mapping of a sequence takes and makes sequences of the types of its map.");
    }

    private static (Feature Input, Feature Output) Types(ValidatedModel model) => (
        First(model.Description.Input).Type?.TypeCase ?? Feature.None,
        First(model.Description.Output).Type?.TypeCase ?? Feature.None);

    private static FeatureDescription First(RepeatedField<FeatureDescription> features) =>
        features.Count > 0 ? features[0] : new FeatureDescription();
}
