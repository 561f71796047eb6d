using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>normalizer</c>: x divided by its norm, the largest magnitude, the sum of magnitudes (L1) or the Euclidean length
/// (L2). A row of zeros stays as it is.
/// </summary>
internal sealed class NormalizerModel : FeatureModel
{
    private readonly NumberRow row;
    private readonly Normalizer.Types.NormType norm;
    private readonly NumberOutput output;

    public NormalizerModel(ModelContext context)
    {
        var model = new Interface(context);
        _ = model.Input(MLFeatureType.MultiArray, MLFeatureType.Double, MLFeatureType.Int64);
        row = new NumberRow(model);
        norm = context.Model.Normalizer.NormType;
        if (!Enum.IsDefined(norm))
            throw model.Wrong($"takes a norm that is known; the file says {(int)norm}", "normType");
        output = NumberOutput.Of(
            model, model.Output(MLFeatureType.MultiArray, MLFeatureType.Double), row.Count);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        double[] numbers = row.Read(inputs);
        double length = Length(numbers);
        if (length != 0)
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] /= length;
        outputs.Add(output.Name, output.Make(numbers));
    }

    private double Length(ReadOnlySpan<double> numbers)
    {
        double length = 0;
        foreach (double number in numbers)
            length = norm switch
            {
                Normalizer.Types.NormType.Lmax => Math.Max(length, Math.Abs(number)),
                Normalizer.Types.NormType.L1 => length + Math.Abs(number),
                _ => length + number * number,
            };
        return norm == Normalizer.Types.NormType.L2 ? Math.Sqrt(length) : length;
    }
}
