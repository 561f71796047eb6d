namespace Attune.Models;

/// <summary><c>arrayFeatureExtractor</c>: the elements of an array at these places, counted from 0 in C
/// order.</summary>
internal sealed class ArrayFeatureExtractorModel : FeatureModel
{
    private readonly MLFeatureDescription input;
    private readonly NumberRow row;
    private readonly int[] places;
    private readonly NumberOutput output;

    /// <exception cref="MLModelFormatException">There are no places, or one is outside of the array.</exception>
    public ArrayFeatureExtractorModel(ModelContext context)
    {
        var model = new Interface(context);
        input = model.Input(MLFeatureType.MultiArray);
        row = new NumberRow(model);
        ulong end = (ulong)(row.Count ?? int.MaxValue);
        places =
        [
            .. context.Model.ArrayFeatureExtractor.ExtractIndex.Select(place => place < end
                ? (int)place
                : throw model.Wrong($"takes places from 0 to {end - 1}; the file has {place}", "extractIndex")),
        ];
        if (places.Length == 0)
            throw model.Wrong("takes one place or more; the file has none", "extractIndex");
        output = NumberOutput.Of(
            model,
            model.Output(MLFeatureType.MultiArray, MLFeatureType.Double, MLFeatureType.Int64),
            places.Length);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        double[] numbers = row.Read(inputs);
        var picked = new double[places.Length];
        for (int i = 0; i < places.Length; i++)
            picked[i] = places[i] < numbers.Length
                ? numbers[places[i]]
                : throw InputFeatures.Refusal(
                    input.Name, $"takes {places[i] + 1} elements or more", $"{numbers.Length}");
        outputs.Add(output.Name, output.Make(picked));
    }
}
