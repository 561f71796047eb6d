using Attune.Format.Specification;

namespace Attune.Models;

/// <summary>
/// <c>dictVectorizer</c>: the numbers of a dictionary at the places of their keys in a list. Keys that are not in the
/// list are left out, as scikit-learn does and its converter's tests ask for. That converter also writes integers into
/// the list of a dictionary with string keys: an integer and the text that shows it are the same key.
/// </summary>
internal sealed class DictVectorizerModel : FeatureModel
{
    private readonly MLFeatureDescription input;
    private readonly CategoryTable places;
    private readonly PlacedOutput output;

    public DictVectorizerModel(ModelContext context)
    {
        DictVectorizer vectorizer = context.Model.DictVectorizer;
        var model = new Interface(context);
        places = new CategoryTable(model, vectorizer.StringToIndex, vectorizer.Int64ToIndex, "stringToIndex");
        input = model.Input(MLFeatureType.Dictionary);
        output = new PlacedOutput(model, places.Count);
    }

    protected override void Predict(InputFeatures inputs, OutputFeatures outputs)
    {
        var numbers = new Dictionary<long, double>();
        foreach ((object key, double number) in inputs.Get(input)?.DictionaryValue ?? new Dictionary<object, double>())
            if (places.PlaceOf(key) is >= 0 and int place)
                numbers[place] = number;
        outputs.Add(output.Name, output.Make(numbers));
    }
}
