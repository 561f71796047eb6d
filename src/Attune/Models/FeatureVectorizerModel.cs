using Attune.Format.Specification;
using Google.Protobuf.Collections;

namespace Attune.Models;

/// <summary>
/// <c>featureVectorizer</c>: numbers, arrays and dictionaries from place to number, side by side in one array. Each
/// input has so many places as the file says; those that a dictionary does not name are 0.
/// </summary>
internal sealed class FeatureVectorizerModel : FeatureModel
{
    // 512 MB: more than any model has, and less than it takes to bring a machine down.
    private const int MostElements = 1 << 26;

    private readonly (MLFeatureDescription Input, int First, int Count)[] columns;
    private readonly int count;
    private readonly NumberOutput output;

    /// <exception cref="MLModelFormatException">Columns do not fit the inputs or the output.</exception>
    public FeatureVectorizerModel(ModelContext context)
    {
        var model = new Interface(context);
        RepeatedField<FeatureVectorizer.Types.InputColumn> list = context.Model.FeatureVectorizer.InputList;
        columns = new (MLFeatureDescription, int, int)[list.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            MLFeatureDescription input = Input(model, list[i].InputColumn_);
            ulong places = list[i].InputDimensions;
            if (places > (ulong)(MostElements - count) || places != (ulong)(Fixed(input) ?? (int)places))
                throw model.Wrong(
                    $"lays out at most {MostElements} elements, of a number 1 and of an array all; its input " +
                    $"'{input.Name}' is to have {places}", $"inputList[{i}].inputDimensions");
            columns[i] = (input, count, (int)places);
            count += (int)places;
        }
        output = NumberOutput.Of(model, model.Output(MLFeatureType.MultiArray), count);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        var row = new double[count];
        foreach ((MLFeatureDescription input, int first, int places) in columns)
            Write(inputs, input, row.AsSpan(first, places));
        outputs.Add(output.Name, output.Make(row));
    }

    private static MLFeatureDescription Input(Interface model, string name)
    {
        MLFeatureDescription input = model.Input(
            name, MLFeatureType.Double, MLFeatureType.Int64, MLFeatureType.MultiArray, MLFeatureType.Dictionary)
            ?? throw model.Wrong("takes the name of an input for every column; one has none", "inputList");
        return input.DictionaryConstraint?.KeyType == MLFeatureType.String
            ? throw model.Wrong(
                $"takes dictionaries whose keys are places; those of '{name}' are strings", name)
            : input;
    }

    private static int? Fixed(MLFeatureDescription input) =>
        input.Type == MLFeatureType.Dictionary ? null : NumberRow.SizeOf(input);

    private static void Write(InputFeatures inputs, MLFeatureDescription input, Span<double> row)
    {
        MLFeatureValue? value = inputs.Get(input);
        if (value is null)
            row.Fill(input.Type == MLFeatureType.Dictionary ? 0 : double.NaN);
        else if (value.Type == MLFeatureType.Dictionary)
            foreach ((object key, double number) in value.DictionaryValue)
                row[PlaceOf(inputs, input, (long)key, row.Length)] = number;
        else if (value.MultiArrayValue is not { } array)
            row[0] = value.Type == MLFeatureType.Int64 ? value.Int64Value : value.DoubleValue;
        else if (array.Count == row.Length)
            array.CopyTo(row);
        else
            throw InputFeatures.Refusal(input.Name, $"takes {row.Length} elements", $"{array.Count}");
    }

    private static int PlaceOf(InputFeatures inputs, MLFeatureDescription input, long key, int places) =>
        key >= 0 && key < places
            ? (int)key
            : throw InputFeatures.Refusal(input.Name, $"takes keys from 0 to {places - 1}", $"{key}");
}
