namespace Attune.Cli.Inspection;

/// <summary>Shows a report on the console.</summary>
internal sealed class ModelTables(Screen screen)
{
    private const int MostLabels = 12;

    public void Show(ModelReport report)
    {
        screen.Pairs(
        [
            ("model", report.Path),
            ("type", $"{report.Type}, specification version {report.SpecificationVersion}"
                + (report.IsUpdatable ? ", updatable" : "")),
            ("file", Plain.Bytes(report.FileBytes)),
            .. report.Metadata.Select(entry => (entry.Key, entry.Value)),
        ]);
        Features("Inputs", report.Inputs);
        Features("Outputs", report.Outputs);
        Features("Training inputs", report.TrainingInputs);
        Labels(report.Labels);
        Parameters(report.Parameters);
        Part(report.Structure, level: 0);
        Totals(report);
        Unsupported(report);
        Findings(report.Findings);
    }

    private void Features(string heading, IReadOnlyList<FeatureReport> features)
    {
        if (features.Count == 0)
            return;
        screen.Heading(heading);
        screen.Pairs(features.Select(feature => (
            "  " + feature.Name,
            feature.Takes + (feature.Description.Length > 0 ? $": {feature.Description}" : ""))));
    }

    private void Labels(IReadOnlyList<object>? labels)
    {
        if (labels is null)
            return;
        screen.Heading($"Labels ({labels.Count})");
        string more = labels.Count > MostLabels ? ", …" : "";
        screen.Line($"  {string.Join(", ", labels.Take(MostLabels))}{more}");
    }

    private void Parameters(IReadOnlyList<ParameterReport> parameters)
    {
        if (parameters.Count == 0)
            return;
        screen.Heading("Parameters of an update");
        screen.Table(
            ["name", ">default", "allowed"],
            parameters.Select(parameter => new[]
            {
                parameter.Name,
                FormattableString.Invariant($"{parameter.Default}"),
                parameter.Allowed,
            }));
    }

    private void Part(PartReport part, int level)
    {
        string indent = new(' ', level * 2);
        if (level > 0)
            screen.Line($"{indent}{part.Type}: {part.Flow()}");
        if (part.Numbers.Count > 0)
        {
            if (level == 0)
                screen.Heading("Content");
            screen.Line($"{indent}  {string.Join(", ", part.Numbers.Select(n => $"{n.Key} {Plain.Count(n.Value)}"))}");
        }
        if (part.Layers.Count > 0)
            Layers(part.Layers);
        if (part.Stages.Count > 0 && level == 0)
            screen.Heading($"Stages ({part.Stages.Count})");
        foreach (PartReport stage in part.Stages)
            Part(stage, level + 1);
    }

    private void Layers(IReadOnlyList<LayerReport> layers)
    {
        screen.Heading($"Layers ({layers.Count})");
        screen.Table(
            ["layer", "type", "!output", ">parameters", ">multiply-adds"],
            layers.Select(layer => new[]
            {
                layer.Name + (layer.Unsupported is not null ? " ✗" : layer.IsUpdatable ? " *" : ""),
                layer.Kind,
                string.Join('\n', layer.Shapes.Select(shape => Plain.Shape(shape))),
                layer.Parameters == 0 ? "" : Plain.Count(layer.Parameters),
                layer.MultiplyAdds is > 0 and { } products ? Plain.Count(products) : "",
            }));
        if (layers.Any(layer => layer.IsUpdatable))
            screen.Line("  * updatable");
    }

    private void Totals(ModelReport report)
    {
        TotalsReport totals = report.Totals;
        if (totals.Layers == 0)
            return;
        screen.Heading("Together");
        screen.Pairs(
        [
            ("  parameters", $"{Plain.Count(totals.Parameters)}, of which {Plain.Count(totals.UpdatableParameters)} "
                + $"updatable; {Plain.Bytes(totals.WeightBytes)} in the file"),
            ("  multiply-adds", $"{Plain.Count(totals.MultiplyAdds)} per prediction"),
            ("  memory", totals.PredictionBytes is { } bytes
                ? $"{Plain.Bytes(bytes)} between the layers of one prediction"
                : "not known"),
        ]);
    }

    private void Unsupported(ModelReport report)
    {
        if (report.Unsupported.Count == 0)
            return;
        screen.Heading("Cannot predict");
        foreach (string reason in report.Unsupported)
            screen.Warning(reason, indent: 2);
    }

    private void Findings(IReadOnlyList<MLFinding> findings)
    {
        if (findings.Count == 0)
            return;
        screen.Heading($"Against Core ML's rules ({findings.Count})");
        foreach (MLFinding finding in findings)
            screen.Warning($"{(finding.Location.Length > 0 ? $"{finding.Location}: " : "")}{finding}", indent: 2);
    }
}
