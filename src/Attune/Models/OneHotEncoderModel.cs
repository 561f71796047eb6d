using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>oneHotEncoder</c>: 1 at the place of a category, 0 elsewhere. A category that is not in the list is refused, or
/// gives zeros alone.
/// </summary>
internal sealed class OneHotEncoderModel : FeatureModel
{
    private readonly MLFeatureDescription input;
    private readonly CategoryTable places;
    private readonly bool ignoresUnknown;
    private readonly PlacedOutput output;

    public OneHotEncoderModel(ModelContext context)
    {
        OneHotEncoder encoder = context.Model.OneHotEncoder;
        var model = new Interface(context);
        places = new CategoryTable(model, encoder.StringCategories, encoder.Int64Categories, "stringCategories");
        input = model.Input(places.Type);
        ignoresUnknown = encoder.HandleUnknown == OneHotEncoder.Types.HandleUnknown.IgnoreUnknown;
        output = new PlacedOutput(model, places.Count);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        var numbers = new Dictionary<long, double>();
        if (inputs.Get(input) is { } value)
        {
            int place = places.PlaceOf(
                value.Type == MLFeatureType.String ? value.StringValue : (object)value.Int64Value);
            if (place >= 0)
                numbers[place] = 1;
            else if (!ignoresUnknown)
                throw InputFeatures.Refusal(
                    input.Name, $"takes one of the {places.Count} categories of the model", $"{value}");
        }
        outputs.Add(output.Name, output.Make(numbers));
    }
}
