using System.Text;

namespace Attune.Build;

/// <summary>Writes XML documentation comments around text from a file.</summary>
internal static class Documentation
{
    private const int MostStates = 8;

    /// <summary>A summary of the author's words, or of ours where there are none.</summary>
    public static string Summary(string description, string fallback, string indent)
    {
        string[] lines = [.. Text.CommentLines(description)];
        return lines.All(line => line.Length == 0)
            ? $"{indent}/// <summary>{fallback}</summary>\n"
            : lines.Length == 1
                ? $"{indent}/// <summary>{lines[0]}</summary>\n"
                : $"{indent}/// <summary>\n{Body(lines, indent)}{indent}/// </summary>\n";
    }

    /// <summary>A property's summary, and its facts as the value.</summary>
    public static string Property(NamedFeature named, string role, string indent)
    {
        string facts = Text.Comment(named.Feature.Facts);
        string optional = named.Feature.IsOptional ? " Optional: null leaves it out." : "";
        string fallback = $"{role} '{Text.Comment(named.Feature.Name)}' of the model.";
        string summary = Summary(named.Feature.Description, fallback, indent);
        return $"{summary}{indent}/// <value>{facts}{optional}</value>\n";
    }

    public static string Parameter(NamedFeature named, string indent) =>
        $"{indent}/// <param name=\"{named.ParameterInDocs}\">{Text.Comment(named.Feature.Facts)}</param>\n";

    /// <summary>Who made the model and how it is meant, or nothing.</summary>
    public static string Remarks(ModelInterface model)
    {
        var lines = new StringBuilder();
        Add("Version", model.Version);
        Add("Author", model.Author);
        Add("License", model.License);
        if (model.PredictedFeatureName.Length > 0)
            Add("Classifier; the predicted class is in", $"'{model.PredictedFeatureName}'");
        if (model.States.Count > 0)
            Add("Keeps states that are no properties here", string.Join(", ", model.States.Take(MostStates)));
        return lines.Length == 0 ? "" : $"/// <remarks>\n{lines}/// </remarks>\n";

        void Add(string what, string text)
        {
            if (text.Trim().Length > 0)
                lines.Append("/// <para>").Append(what).Append(": ").Append(Text.Comment(text)).Append("</para>\n");
        }
    }

    private static string Body(string[] lines, string indent) =>
        string.Concat(lines.Select(line => line.Length == 0 ? $"{indent}///\n" : $"{indent}/// {line}\n"));
}
