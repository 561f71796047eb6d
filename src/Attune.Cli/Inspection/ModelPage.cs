using System.Text;
using Attune.Cli.Pages;

namespace Attune.Cli.Inspection;

/// <summary>A report as a page.</summary>
internal static class ModelPage
{
    public static string Of(ModelReport report)
    {
        var body = new StringBuilder();
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(report.Path));
        body.Append($"<h1>{Page.Text(name)}</h1>\n");
        body.Append($"<p class=\"soft\">{Page.Text(Summary(report))}</p>\n");
        foreach (string reason in report.Unsupported)
            body.Append($"<p class=\"bad\">{Page.Text(reason)}</p>\n");
        if (report.Metadata.Count > 0)
            body.Append(Page.Table(["about", ""], report.Metadata.Select(entry => new[] { entry.Key, entry.Value })));
        AppendFeatures(body, "Inputs", "takes", report.Inputs);
        AppendFeatures(body, "Outputs", "gives", report.Outputs);
        AppendFeatures(body, "Training inputs", "takes", report.TrainingInputs);
        if (report.Labels is { } labels)
            body.Append(Page.Section($"Labels ({labels.Count})", $"<p>{Page.Text(string.Join(", ", labels))}</p>"));
        if (report.Parameters.Count > 0)
            body.Append(Page.Section("Parameters of an update", Page.Table(
                ["name", ">default", "allowed"],
                report.Parameters.Select(parameter => new[]
                {
                    parameter.Name, FormattableString.Invariant($"{parameter.Default}"), parameter.Allowed,
                }))));
        AppendPart(body, report.Structure, level: 0);
        return Page.Of(name, body.ToString());
    }

    private static string Summary(ModelReport report)
    {
        TotalsReport totals = report.Totals;
        string network = totals.Layers == 0
            ? ""
            : $" · {Plain.Of(totals.Layers, "layer", "layers")} · {Plain.Count(totals.Parameters)} parameters"
                + $" · {Plain.Count(totals.MultiplyAdds)} multiply-adds per prediction";
        return $"{report.Type}, specification version {report.SpecificationVersion}"
            + $"{(report.IsUpdatable ? ", updatable" : "")} · {Plain.Bytes(report.FileBytes)}{network}";
    }

    private static void AppendFeatures(
        StringBuilder body, string heading, string does, IReadOnlyList<FeatureReport> features)
    {
        if (features.Count == 0)
            return;
        bool described = features.Any(feature => feature.Description.Length > 0);
        body.Append(Page.Section(heading, Page.Table(
            ["name", does, .. described ? ["description"] : Array.Empty<string>()],
            features.Select(feature => (string[])
                [feature.Name, feature.Takes, .. described ? [feature.Description] : Array.Empty<string>()]))));
    }

    private static void AppendPart(StringBuilder body, PartReport part, int level)
    {
        if (level > 0)
        {
            body.Append($"<h2>{Page.Text(part.Type)}</h2>\n");
            body.Append($"<p class=\"soft\">{Page.Text(part.Flow())}</p>\n");
        }
        else if (part.Numbers.Count > 0)
        {
            body.Append("<h2>Content</h2>\n");
        }
        if (part.Numbers.Count > 0)
            body.Append(Page.Table(
                ["holds", ">"], part.Numbers.Select(number => new[] { number.Key, Plain.Count(number.Value) })));
        if (part.Layers.Count > 0)
        {
            body.Append(Page.Section("Graph", $"<div class=\"scroll\">{GraphDrawing.Of(part)}</div>"));
            body.Append(Page.Section($"Layers ({part.Layers.Count})", Layers(part)));
        }
        if (part.Stages.Count == 0)
            return;
        if (level == 0)
            body.Append($"<h2>Stages ({part.Stages.Count})</h2>\n");
        body.Append("<div class=\"stages\">\n");
        foreach (PartReport stage in part.Stages)
            AppendPart(body, stage, level + 1);
        body.Append("</div>\n");
    }

    private static string Layers(PartReport part) => Page.Table(
        ["layer", "type", "output", ">parameters", "held as", ">multiply-adds", "remarks"],
        part.Layers.Select(layer => new[]
        {
            layer.Name,
            layer.Kind,
            string.Join(' ', layer.Shapes.Select(shape => Plain.Shape(shape))),
            layer.Parameters > 0 ? Plain.Count(layer.Parameters) : "",
            layer.Encoding,
            layer.MultiplyAdds is > 0 and { } products ? Plain.Count(products) : "",
            layer.Unsupported ?? (layer.IsUpdatable ? "updatable" : ""),
        }));
}
