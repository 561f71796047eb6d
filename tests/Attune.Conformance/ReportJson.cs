using System.Text.Json;

namespace Attune.Conformance;

/// <summary>A report as programs read it.</summary>
internal static class ReportJson
{
    public static void Write(Report report, string path)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        WriteCounts(json, report.Total);
        json.WriteStartObject("suites");
        foreach ((string name, Tally tally) in report.Suites)
        {
            json.WriteStartObject(name);
            WriteCounts(json, tally);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        WriteFailures(json, report);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, Tally tally)
    {
        json.WriteNumber("total", tally.Total);
        json.WriteNumber("passed", tally.Passed);
        json.WriteNumber("failed", tally.Failed);
        json.WriteNumber("known", tally.Known);
    }

    private static void WriteFailures(Utf8JsonWriter json, Report report)
    {
        json.WriteStartArray("failures");
        foreach ((CaseResult result, string? known) in report.Failures)
        {
            json.WriteStartObject();
            json.WriteString("case", result.Case.Name);
            json.WriteString("reason", known is null ? result.Reason : $"{result.Reason} Known: {known}");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
