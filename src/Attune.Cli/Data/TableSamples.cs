namespace Attune.Cli.Data;

/// <summary>The rows of a table as samples.</summary>
/// <remarks>
/// A column goes to the feature of its name; columns <c>name[0]</c>, <c>name[1]</c> and so on are the elements of an
/// array. Columns that no feature is named after belong, in their order, to the only array that is left. A table
/// without names fills the features in the model's order, each with as many columns as it has elements.
/// </remarks>
internal sealed class TableSamples(IReadOnlyList<MLFeatureDescription> features, FeatureText texts)
{
    public Samples Read(string path)
    {
        CsvFile table = CsvFile.Read(path);
        int columns = table.Header?.Count ?? table.Rows[0].Count;
        (MLFeatureDescription Feature, int[] Columns)[] map =
            [.. (table.Header is { } header ? ByName(path, header) : ByOrder(path, columns))];
        return Samples.Of([.. table.Rows.Select((row, i) => ($"{Path.GetFileName(path)}:{i + 1}", Sample(map, row)))]);
    }

    private MLDictionaryFeatureProvider Sample(
        (MLFeatureDescription Feature, int[] Columns)[] map, IReadOnlyList<string> row) =>
        new MLDictionaryFeatureProvider(map
            .Where(part => !(part.Feature.IsOptional && part.Columns.All(column => row[column].Length == 0)))
            .ToDictionary(
                part => part.Feature.Name,
                part => texts.FromCells(part.Feature, [.. part.Columns.Select(column => row[column])])));

    private List<(MLFeatureDescription, int[])> ByName(string path, IReadOnlyList<string> header)
    {
        var map = new List<(MLFeatureDescription, int[])>();
        var left = new List<MLFeatureDescription>();
        var used = new HashSet<int>();
        foreach (MLFeatureDescription feature in features)
        {
            int[] columns = [.. Indices(header, name => name == feature.Name)];
            if (columns.Length == 0)
                columns = [.. Elements(header, feature.Name)];
            used.UnionWith(columns);
            if (columns.Length > 0)
                map.Add((feature, columns));
            else if (!feature.IsOptional)
                left.Add(feature);
        }
        int[] rest = [.. Enumerable.Range(0, header.Count).Where(column => !used.Contains(column))];
        if (left.Count == 1 && left[0].Type == MLFeatureType.MultiArray && rest.Length > 0)
            map.Add((left[0], rest));
        else if (left.Count > 0)
            throw new ToolException(
                $"The table '{path}' has no columns for {Names(left)}; it has {string.Join(", ", header)}. A column is "
                + "named after its feature; those of an array x are x[0], x[1] and so on.");
        return map;
    }

    private List<(MLFeatureDescription, int[])> ByOrder(string path, int columns)
    {
        var map = new List<(MLFeatureDescription, int[])>();
        int first = 0;
        foreach (MLFeatureDescription feature in features)
        {
            int count = CountOf(feature);
            map.Add((feature, [.. Enumerable.Range(first, count)]));
            first += count;
        }
        return first == columns
            ? map
            : throw new ToolException(
                $"The table '{path}' has no names of columns, so its rows take {first} numbers, for "
                + $"{Names(features)} in this order; they have {columns}.");
    }

    private static IEnumerable<int> Elements(IReadOnlyList<string> header, string name)
    {
        for (int element = 0; ; element++)
        {
            int[] found = [.. Indices(header, column => column == FormattableString.Invariant($"{name}[{element}]"))];
            if (found.Length == 0)
                yield break;
            yield return found[0];
        }
    }

    private static IEnumerable<int> Indices(IReadOnlyList<string> header, Func<string, bool> isWanted) =>
        Enumerable.Range(0, header.Count).Where(column => isWanted(header[column])).Take(1);

    private static int CountOf(MLFeatureDescription feature) =>
        feature.MultiArrayConstraint is { } array ? array.Shape.Aggregate(1, (count, size) => count * size) : 1;

    private static string Names(IEnumerable<MLFeatureDescription> features) =>
        string.Join(", ", features.Select(feature => $"'{feature.Name}'"));
}
