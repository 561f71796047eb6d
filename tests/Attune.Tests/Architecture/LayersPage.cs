using System.Text;
using System.Xml.Linq;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Layers;
using Attune.Tests.Layers;

namespace Attune.Tests.Architecture;

/// <summary>
/// Writes docs/layers.md from the catalogue, the layers themselves, and what their classes say in their documentation.
/// </summary>
internal static class LayersPage
{
    private const string Head = """
        # Layers

        The layers of neural networks that run, by their names in the file. This page is written by a test from the
        catalogue of layers and from what each class says about itself; a change of either makes the test fail until the
        page is written again (`ATTUNE_ACCEPT=1`).

        *Gradient* says whether training can pass through the layer, and *trained* which of its numbers it can change.
        Both hold for `MLUpdateProfile.Any`, the default; `MLUpdateProfile.CoreML` is narrower (see
        [updates](updates.md)). A network with any other layer loads, shows its description, and is refused with all
        reasons when it is asked to predict or to learn.

        N is batch, C channels, H height, W width.


        """;

    private static readonly Lazy<Dictionary<string, XElement>> Documentation = new(() => XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "Attune.xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value));

    /// <summary>Kinds of the catalogue for which there is no case that could show them.</summary>
    public static IEnumerable<string> KindsWithoutCases() =>
        LayerCatalogue.Supported.Select(NameOf).Except(Layers().Select(layer => layer.Kind));

    public static string Write()
    {
        var text = new StringBuilder(Head);
        text.Append("| layer | gradient | trained | what it does | shapes |\n|---|---|---|---|---|\n");
        foreach (string kind in LayerCatalogue.Supported.Select(NameOf).Order(StringComparer.OrdinalIgnoreCase))
            foreach (IGrouping<Type, Layer> layers in OfKind(kind))
                text.Append(Row($"`{kind}`", layers));
        text.Append("\n## Activations\n\nThe functions of `activation`, each of any shape:\n\n");
        foreach (string function in Functions())
            text.Append($"- `{function}`\n");
        text.Append("\n## Preprocessing of images\n\n");
        text.Append("| entry | gradient | trained | what it does | shapes |\n|---|---|---|---|---|\n");
        foreach (IGrouping<Type, Layer> layers in OfKind("scaler").Concat(OfKind("meanImage")))
            text.Append(Row($"`{layers.First().Kind}`", layers));
        return text.ToString();
    }

    private static IEnumerable<Layer> Layers() => LayerCases.All.Values.Select(make => make().Layer);

    private static IEnumerable<IGrouping<Type, Layer>> OfKind(string kind) => Layers()
        .Where(layer => layer.Kind == kind)
        .GroupBy(layer => layer.GetType())
        .OrderBy(group => group.Key.Name, StringComparer.Ordinal);

    private static string Row(string name, IGrouping<Type, Layer> layers)
    {
        string gradient = layers.All(layer => layer.HasGradient) ? "yes" : "no";
        string[] roles =
            [.. layers.SelectMany(layer => layer.Parameters).Select(parameter => parameter.Role).Distinct()];
        string trained = roles.Length == 0 ? "" : string.Join(", ", roles.Order(StringComparer.Ordinal));
        XElement about = Documentation.Value[$"T:{layers.Key.FullName}"];
        string what = Plain(about.Element("summary")!);
        string remarks = about.Element("remarks") is { } element ? Plain(element) : "";
        string shapes = remarks.StartsWith("Shapes: ", StringComparison.Ordinal) ? remarks["Shapes: ".Length..] : "";
        int source = shapes.IndexOf(" Source: ", StringComparison.Ordinal);
        shapes = source < 0 ? shapes : shapes[..source];
        return $"| {name} | {gradient} | {trained} | {what} | {shapes} |\n";
    }

    private static IEnumerable<string> Functions() => Layers()
        .Where(layer => layer.Kind == "activation")
        .Select(layer => layer.QualifiedKind["activation:".Length..])
        .Distinct()
        .Order(StringComparer.OrdinalIgnoreCase);

    private static string NameOf(NeuralNetworkLayer.LayerOneofCase field) =>
        NeuralNetworkLayer.Descriptor.FindFieldByNumber((int)field).Name;

    /// <summary>The words of a piece of documentation, on one line.</summary>
    private static string Plain(XElement element)
    {
        IEnumerable<string> pieces = element.Nodes().Select(node => node switch
        {
            XText piece => piece.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see =>
                Last(see.Attribute("cref")?.Value ?? see.Attribute("langword")!.Value),
            XElement { Name.LocalName: "paramref" } parameter => parameter.Attribute("name")!.Value,
            XElement other => Plain(other),
            _ => "",
        });
        string words = string.Join(
            ' ', string.Concat(pieces).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Last(string cref) => cref.Split(':')[^1].Split('.')[^1].Split('`')[0];
}
