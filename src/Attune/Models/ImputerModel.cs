using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>imputer</c>: puts a value where one is missing. Missing is an optional feature that is not given, and a number or
/// text equal to the value to replace: NaN if the file gives none. In an array each element has its own imputed value,
/// in a dictionary each key; or all have the same.
/// </summary>
internal sealed class ImputerModel : FeatureModel
{
    private readonly Imputer imputer;
    private readonly MLFeatureDescription input;
    private readonly MLFeatureDescription output;

    /// <exception cref="MLModelFormatException">There is no imputed value, or it is not of the features'
    /// kind.</exception>
    public ImputerModel(ModelContext context)
    {
        var model = new Interface(context);
        imputer = context.Model.Imputer;
        ReadOnlySpan<MLFeatureType> types =
        [
            MLFeatureType.Double, MLFeatureType.Int64, MLFeatureType.String, MLFeatureType.MultiArray,
            MLFeatureType.Dictionary,
        ];
        input = model.Input(types);
        output = model.Output(types);
        if (input.Type != output.Type || !Fits())
            throw model.Wrong(
                $"takes an imputed value of the kind of its features; it has {imputer.ImputedValueCase} for " +
                $"{input.Type} to {output.Type}", "imputedValue");
        int own = imputer.ImputedDoubleArray?.Vector.Count ?? imputer.ImputedInt64Array?.Vector.Count ?? 0;
        if (input.Type == MLFeatureType.MultiArray && !HasOneValue
            && NumberRow.SizeOf(input) is { } size && own != size)
            throw model.Wrong($"takes {size} imputed values; the file has {own}", "imputedDoubleArray");
    }

    private bool HasOneValue => imputer.HasImputedDoubleValue || imputer.HasImputedInt64Value;

    private double OneValue => imputer.HasImputedInt64Value ? imputer.ImputedInt64Value : imputer.ImputedDoubleValue;

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        MLFeatureValue? value = inputs.Get(input);
        outputs.Add(output.Name, input.Type switch
        {
            MLFeatureType.Double => value is null || IsMissing(value.DoubleValue)
                ? MLFeatureValue.FromDouble(OneValue) : value,
            MLFeatureType.Int64 => value is null || IsMissing(value.Int64Value)
                ? MLFeatureValue.FromInt64(NumberOutput.Rounded(OneValue)) : value,
            MLFeatureType.String => value is null || IsMissing(value.StringValue)
                ? MLFeatureValue.FromString(imputer.ImputedStringValue) : value,
            MLFeatureType.MultiArray => Impute(inputs, value?.MultiArrayValue),
            _ => Impute(value?.DictionaryValue),
        });
    }

    private bool Fits() => imputer.ImputedValueCase switch
    {
        Imputer.ImputedValueOneofCase.ImputedDoubleValue or Imputer.ImputedValueOneofCase.ImputedInt64Value =>
            input.Type is MLFeatureType.Double or MLFeatureType.Int64 or MLFeatureType.MultiArray,
        Imputer.ImputedValueOneofCase.ImputedStringValue => input.Type == MLFeatureType.String,
        Imputer.ImputedValueOneofCase.ImputedDoubleArray or Imputer.ImputedValueOneofCase.ImputedInt64Array =>
            input.Type == MLFeatureType.MultiArray,
        Imputer.ImputedValueOneofCase.ImputedStringDictionary =>
            input.DictionaryConstraint?.KeyType == MLFeatureType.String,
        Imputer.ImputedValueOneofCase.ImputedInt64Dictionary =>
            input.DictionaryConstraint?.KeyType == MLFeatureType.Int64,
        _ => false,
    };

    private bool IsMissing(double number) => imputer.ReplaceValueCase switch
    {
        Imputer.ReplaceValueOneofCase.ReplaceDoubleValue => number.Equals(imputer.ReplaceDoubleValue),
        Imputer.ReplaceValueOneofCase.ReplaceInt64Value => number == imputer.ReplaceInt64Value,
        Imputer.ReplaceValueOneofCase.None => double.IsNaN(number),
        _ => false,
    };

    private bool IsMissing(long number) =>
        imputer.HasReplaceInt64Value ? number == imputer.ReplaceInt64Value
        : imputer.HasReplaceDoubleValue && number == imputer.ReplaceDoubleValue;

    private bool IsMissing(string text) => imputer.HasReplaceStringValue && text == imputer.ReplaceStringValue;

    private MLFeatureValue Impute(InputFeatures inputs, MLMultiArray? given)
    {
        int own = imputer.ImputedDoubleArray?.Vector.Count ?? imputer.ImputedInt64Array?.Vector.Count ?? 0;
        int count = given?.Count ?? (HasOneValue ? NumberRow.SizeOf(input) ?? 1 : own);
        if (!HasOneValue && count != own)
            throw InputFeatures.Refusal(input.Name, $"takes {own} elements", $"{count}");
        bool declared = given is null && NumberRow.SizeOf(input) == count;
        var array = new MLMultiArray(
            [.. given?.Shape ?? (declared ? input.MultiArrayConstraint!.Shape : [count])],
            output.MultiArrayConstraint!.DataType);
        for (int i = 0; i < count; i++)
            array[i] = given is null || IsMissing(given[i]) ? ValueAt(i) : given[i];
        return MLFeatureValue.FromMultiArray(array);
    }

    private double ValueAt(int element) => HasOneValue ? OneValue
        : imputer.ImputedDoubleArray is { } numbers ? numbers.Vector[element]
        : imputer.ImputedInt64Array.Vector[element];

    private MLFeatureValue Impute(IReadOnlyDictionary<object, double>? given) =>
        imputer.ImputedStringDictionary is { } texts
            ? MLFeatureValue.FromDictionary(Impute(given, texts.Map))
            : MLFeatureValue.FromDictionary(Impute(given, imputer.ImputedInt64Dictionary.Map));

    private Dictionary<TKey, double> Impute<TKey>(
        IReadOnlyDictionary<object, double>? given, IDictionary<TKey, double> imputed) where TKey : notnull
    {
        if (given is null)
            return new Dictionary<TKey, double>(imputed);
        var numbers = new Dictionary<TKey, double>(given.Count);
        foreach ((object key, double number) in given)
            numbers[(TKey)key] = IsMissing(number) && imputed.TryGetValue((TKey)key, out double own) ? own : number;
        return numbers;
    }
}
