using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attune.Benchmarks.Route;

/// <summary>One result: a line of JSON that begins as all results do.</summary>
internal static class ResultLine
{
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Begin(string task) => new()
    {
        ["peer"] = "attune",
        ["engine"] = "attune",
        ["version"] = typeof(MLModel).Assembly.GetName().Version!.ToString(3),
        ["task"] = task,
    };

    public static void Print(this JsonObject line, TextWriter output)
    {
        output.WriteLine(line.ToJsonString(Plain));
        output.Flush();
    }
}
