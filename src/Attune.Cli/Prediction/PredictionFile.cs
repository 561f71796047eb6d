using System.Globalization;
using System.Text;
using Attune.Cli.Data;

namespace Attune.Cli.Prediction;

/// <summary>Writes outputs to a file, in the form that its extension names.</summary>
internal static class PredictionFile
{
    private static readonly string[] Extensions = [".json", ".csv", ".npy", ".png"];

    /// <exception cref="UsageException">The extension is none of the known ones.</exception>
    public static void RequireKnown(string path)
    {
        if (!Extensions.Contains(Kind(path)))
            throw new UsageException($"--out takes a .json, .csv, .npy or .png file; got '{path}'.");
    }

    public static void Write(string path, PredictionReport report, IReadOnlyList<IMLFeatureProvider> outputs)
    {
        switch (Kind(path))
        {
            case ".json": OutputFile.Write(path, JsonText.Of(report) + "\n"); break;
            case ".csv": OutputFile.Write(path, Csv(report, outputs)); break;
            case ".npy": OutputFile.Write(path, Npy(report, outputs)); break;
            default: OutputFile.Write(path, Png(report, outputs)); break;
        }
    }

    private static string Csv(PredictionReport report, IReadOnlyList<IMLFeatureProvider> outputs)
    {
        var text = new StringBuilder();
        for (int i = 0; i < outputs.Count; i++)
        {
            (string Name, string Value)[] cells = [("sample", report.Samples[i].Source), .. Cells(report, outputs, i)];
            if (i == 0)
                text.AppendJoin(',', cells.Select(cell => CsvFile.Cell(cell.Name))).Append('\n');
            text.AppendJoin(',', cells.Select(cell => CsvFile.Cell(cell.Value))).Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Cells(
        PredictionReport report, IReadOnlyList<IMLFeatureProvider> outputs, int sample)
    {
        foreach (string name in report.Samples[sample].Outputs.Keys)
        {
            MLFeatureValue? value = outputs[sample].GetFeatureValue(name);
            if (value?.MultiArrayValue is { } array)
                for (int i = 0; i < array.Count; i++)
                    yield return (FormattableString.Invariant($"{name}[{i}]"), Text((float)array[i]));
            else if (value?.Type == MLFeatureType.Dictionary)
                foreach ((object key, double number) in value.DictionaryValue)
                    yield return (FormattableString.Invariant($"{name}[{key}]"), Text((float)number));
            else
                yield return (name, Convert.ToString(OutputValues.Of(value), CultureInfo.InvariantCulture) ?? "");
        }
    }

    private static byte[] Npy(PredictionReport report, IReadOnlyList<IMLFeatureProvider> outputs)
    {
        string name = Only(report, outputs, ".npy", "array", value => value?.MultiArrayValue is not null);
        MLMultiArray[] arrays = [.. outputs.Select(output => output.GetFeatureValue(name)!.MultiArrayValue!)];
        if (arrays.Any(array => !array.Shape.SequenceEqual(arrays[0].Shape)))
            throw new ToolException($"A .npy file holds arrays of one shape; those of output '{name}' differ.");
        float[] numbers =
            [.. arrays.SelectMany(array => OutputValues.Numbers(array).Select(number => (float)number))];
        return new NpyFile([arrays.Length, .. arrays[0].Shape], numbers).ToBytes();
    }

    private static byte[] Png(PredictionReport report, IReadOnlyList<IMLFeatureProvider> outputs)
    {
        string name = Only(report, outputs, ".png", "image", value => value?.ImageBufferValue is not null);
        if (outputs.Count != 1)
            throw new ToolException($"A .png file holds one image; there are {outputs.Count} predictions.");
        var file = new MemoryStream();
        outputs[0].GetFeatureValue(name)!.ImageBufferValue!.SavePng(file);
        return file.ToArray();
    }

    private static string Only(
        PredictionReport report,
        IReadOnlyList<IMLFeatureProvider> outputs,
        string extension,
        string kind,
        Func<MLFeatureValue?, bool> isWanted)
    {
        string[] found =
            [.. report.Samples[0].Outputs.Keys.Where(name => isWanted(outputs[0].GetFeatureValue(name)))];
        return found.Length == 1
            ? found[0]
            : throw new ToolException(
                $"A {extension} file holds one output of the kind {kind}; the model has {found.Length}. "
                + "Write a .json file.");
    }

    private static string Text(float number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Kind(string path) => Path.GetExtension(path).ToLowerInvariant();
}
