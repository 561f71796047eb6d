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
        foreach (string kept in report.Kept)
            screen.Warning(kept);
    }
}
