namespace Attune.Conformance.Comparisons;

/// <summary>
/// Labels of a model whose converter wrote the numbers of classes in place of their names, as the one for
/// scikit-learn's nearest neighbours does: the file has no names. Such labels are right if, over all samples of a case,
/// each number stands for one name and each name for one number.
/// </summary>
internal sealed class ClassNumbers
{
    private readonly Dictionary<string, double> numbers = [];
    private readonly Dictionary<double, string> names = [];

    /// <summary>What is wrong with a number where a name is expected; null if nothing is.</summary>
    public string? Difference(string expected, double actual)
    {
        numbers.TryAdd(expected, actual);
        names.TryAdd(actual, expected);
        return numbers[expected] == actual && names[actual] == expected
            ? null
            : $"expected '{expected}', which was {numbers[expected]} before; got {actual}, which was '{names[actual]}'";
    }
}
