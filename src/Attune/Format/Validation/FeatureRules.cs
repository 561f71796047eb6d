using Attune.Format.Specification;

namespace Attune.Format.Validation;

/// <summary>Rules on one feature of a description: its name, its type, and which versions know the type.</summary>
internal static class FeatureRules
{
    private const int Sequences = 3;
    private const int States = 9;

    public static IReadOnlyList<ValidationRule<ValidatedFeature>> All { get; } =
    [
        new("feature.name.missing", "Every feature has a name.", "Give the feature a name.", Name),
        new("feature.type.missing", "Every feature has a type.", "Give the feature one of the types.", Type),
        new(
            "feature.dictionary.keys",
            "The keys of a dictionary are integers or texts.",
            "Set int64KeyType or stringKeyType.",
            DictionaryKeys),
        new(
            "feature.sequence.version",
            "Sequences take specification version 3 or more.",
            "Raise the specification version.",
            SequenceVersion)
        {
            Default = MLFindingSeverity.Warning,
            Reason = "What the type means does not depend on the version.",
        },
        new(
            "feature.sequence.type",
            "A sequence holds integers or texts.",
            "Set int64Type or stringType.",
            SequenceType),
        new(
            "feature.sequence.sizes",
            "The least length of a sequence is not above its greatest.",
            "Correct the range of sizes.",
            SequenceSizes),
        new(
            "feature.state.place",
            "States stand among the states or the inputs, and nothing else stands among the states.",
            "Move the feature to the list of its kind.",
            StatePlace),
        new(
            "feature.state.type",
            "A state is a FLOAT16 array of one shape, is not optional and has no default value.",
            "Correct the array's description.",
            StateType),
        new(
            "feature.state.version",
            "States take specification version 9 or more.",
            "Raise the specification version.",
            StateVersion)
        {
            Default = MLFindingSeverity.Warning,
            Reason = "What the type means does not depend on the version.",
        },
        .. FeatureArrayRules.All,
        .. FeatureImageRules.All,
    ];

    private static IEnumerable<Flaw> Name(ValidatedFeature feature)
    {
        if (feature.Feature.Name.Length == 0)
            yield return new Flaw("A feature takes a name; got none.", "name");
    }

    private static IEnumerable<Flaw> Type(ValidatedFeature feature)
    {
        if (feature.Type.TypeCase == FeatureType.TypeOneofCase.None)
            yield return new Flaw($"{feature} takes a type; the file gives none that is known.", "type");
    }

    private static IEnumerable<Flaw> DictionaryKeys(ValidatedFeature feature)
    {
        if (feature.Type.DictionaryType is { KeyTypeCase: DictionaryFeatureType.KeyTypeOneofCase.None })
            yield return new Flaw($"{feature} (dictionary) takes a type of keys; the file gives none.", "type");
    }

    private static IEnumerable<Flaw> SequenceVersion(ValidatedFeature feature)
    {
        if (feature.Type.SequenceType is not null && feature.Version < Sequences)
            yield return new Flaw(
                $"{feature} (sequence) takes specification version {Sequences} or more; got {feature.Version}.",
                "type");
    }

    private static IEnumerable<Flaw> SequenceType(ValidatedFeature feature)
    {
        if (feature.Type.SequenceType is { TypeCase: SequenceFeatureType.TypeOneofCase.None })
            yield return new Flaw($"{feature} (sequence) takes a type of elements; the file gives none.", "type");
    }

    private static IEnumerable<Flaw> SequenceSizes(ValidatedFeature feature)
    {
        if (feature.Type.SequenceType?.SizeRange is { } range && SizeRanges.IsReversed(range))
            yield return new Flaw($"{feature} (sequence) takes {SizeRanges.Text(range)} elements.", "type.sizeRange");
    }

    private static IEnumerable<Flaw> StatePlace(ValidatedFeature feature)
    {
        bool isState = feature.Type.StateType is not null;
        if (isState && feature.Role == FeatureRole.Output)
            yield return new Flaw($"{feature} (state) is an output; outputs hold no state.");
        if (!isState && feature.Role == FeatureRole.State)
            yield return new Flaw($"{feature} stands among the states; it is none.");
    }

    private static IEnumerable<Flaw> StateType(ValidatedFeature feature)
    {
        if (feature.Type.StateType is not { } state)
            yield break;
        ArrayFeatureType array = state.ArrayType ?? new ArrayFeatureType();
        if (array.Shape.Count == 0 || array.Shape.Any(size => size < 0))
            yield return new Flaw(
                $"{feature} (state) takes a shape of sizes from 0; got [{string.Join('×', array.Shape)}].", "type");
        if (array.DataType != ArrayFeatureType.Types.ArrayDataType.Float16)
            yield return new Flaw($"{feature} (state) takes FLOAT16 elements; got {array.DataType}.", "type");
        if (array.ShapeFlexibilityCase != ArrayFeatureType.ShapeFlexibilityOneofCase.None)
            yield return new Flaw($"{feature} (state) takes one shape; got flexible ones.", "type");
        if (array.DefaultOptionalValueCase != ArrayFeatureType.DefaultOptionalValueOneofCase.None)
            yield return new Flaw($"{feature} (state) takes no default value; got one.", "type");
        if (feature.Type.IsOptional)
            yield return new Flaw($"{feature} (state) is optional; states are always there.", "type.isOptional");
    }

    private static IEnumerable<Flaw> StateVersion(ValidatedFeature feature)
    {
        if (feature.Type.StateType is not null && feature.Version < States)
            yield return new Flaw(
                $"{feature} (state) takes specification version {States} or more; got {feature.Version}.", "type");
    }
}
