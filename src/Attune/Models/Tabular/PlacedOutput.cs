namespace Attune.Models;

/// <summary>
/// Numbers at places, of which most are 0: an array, or a dictionary from place to number that leaves zeros out.
/// </summary>
internal sealed class PlacedOutput
{
    private readonly int count;
    private readonly NumberOutput? array;

    public PlacedOutput(Interface model, int count)
    {
        this.count = count;
        MLFeatureDescription output = model.Output(MLFeatureType.MultiArray, MLFeatureType.Dictionary);
        Name = output.Name;
        if (output.DictionaryConstraint?.KeyType == MLFeatureType.String)
            throw model.Wrong($"gives a dictionary by place; the keys of '{Name}' are strings", Name);
        if (output.Type == MLFeatureType.MultiArray)
            array = NumberOutput.Of(model, output, count);
    }

    public string Name { get; }

    public MLFeatureValue Make(IReadOnlyDictionary<long, double> numbers)
    {
        if (array is null)
            return MLFeatureValue.FromDictionary(numbers);
        var all = new double[count];
        foreach ((long place, double number) in numbers)
            all[place] = number;
        return array.Make(all);
    }
}
