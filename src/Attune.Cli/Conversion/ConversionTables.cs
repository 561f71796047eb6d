using Attune.Lowering;

namespace Attune.Cli.Conversion;

/// <summary>Shows a conversion on the console.</summary>
internal sealed class ConversionTables(Screen screen)
{
    public void Show(ConversionReport report)
    {
        screen.Line(
            $"Wrote {report.Out}: {Plain.Bytes(report.BytesAfter)}, {Plain.Bytes(report.BytesBefore)} before.");
        if (report.ConvertedArrays > 0)
            screen.Line(
                $"{Plain.Of(report.ConvertedArrays, "array", "arrays")} of numbers converted; "
                + $"the largest change of a number is {Plain.Number(report.LargestChange)}.");
        else if (report.Weights is { } wanted && report.Kept.Count == 0)
            screen.Warning(
                $"No numbers were converted: no layer of a neural network holds any that could become {Name(wanted)}.");
        foreach (string kept in report.Kept)
            screen.Warning(kept);
    }

    private static string Name(WeightEncoding encoding) => encoding.ToString().ToLowerInvariant();
}
