using System.Globalization;
using System.Text;
using Attune.Cli.Pages;

namespace Attune.Cli.Inspection;

/// <summary>
/// Draws a network from top to bottom: a box for each input and layer, in the row after the last of those that it
/// takes from, and a line for each value.
/// </summary>
internal sealed class GraphDrawing
{
    private const int BoxWidth = 190, BoxHeight = 40, GapX = 24, GapY = 34, Margin = 8, MostLetters = 27;

    // A page with more boxes than this is no help, and slow.
    private const int MostBoxes = 5_000;

    private readonly List<Box> boxes = [];
    private readonly Dictionary<string, Box> makers = new(StringComparer.Ordinal);
    private readonly List<int> rowSizes = [];

    private sealed record Box(string Title, string Subtitle, string Kind, int Row, int Column, Box[] From);

    public static string Of(PartReport part) =>
        part.Layers.Count > MostBoxes
            ? $"<p class=\"soft\">A graph of {Plain.Count(part.Layers.Count)} layers is not drawn.</p>"
            : new GraphDrawing().Draw(part);

    private string Draw(PartReport part)
    {
        foreach (FeatureReport input in part.Inputs)
            makers[input.Name] = Place(input.Name, input.Takes, "", []);
        foreach (LayerReport layer in part.Layers)
        {
            Box[] from = [.. layer.Inputs.Where(makers.ContainsKey).Select(name => makers[name]).Distinct()];
            string shape = layer.Shapes.Count > 0 ? " " + Plain.Shape(layer.Shapes[0]) : "";
            string kind = layer.Unsupported is not null ? "bad" : layer.IsUpdatable ? "mark" : "";
            Box box = Place(layer.Name, layer.Kind + shape, kind, from);
            foreach (string output in layer.Outputs)
                makers[output] = box;
        }
        return Svg();
    }

    private Box Place(string title, string subtitle, string kind, Box[] from)
    {
        int row = from.Length == 0 ? 0 : from.Max(box => box.Row) + 1;
        while (rowSizes.Count <= row)
            rowSizes.Add(0);
        var box = new Box(title, subtitle, kind, row, rowSizes[row]++, from);
        boxes.Add(box);
        return box;
    }

    private string Svg()
    {
        int widest = rowSizes.DefaultIfEmpty(1).Max();
        int width = widest * (BoxWidth + GapX) - GapX + 2 * Margin;
        int height = rowSizes.Count * (BoxHeight + GapY) - GapY + 2 * Margin;
        var svg = new StringBuilder();
        svg.Append(Invariant(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" role=\"img\" "));
        svg.Append(Invariant($"viewBox=\"0 0 {width} {height}\" aria-label=\"The layers of the network\">\n"));
        foreach (Box box in boxes)
            foreach (Box from in box.From)
                AppendLine(svg, from, box);
        foreach (Box box in boxes)
            AppendBox(svg, box);
        return svg.Append("</svg>").ToString();
    }

    private void AppendLine(StringBuilder svg, Box from, Box to)
    {
        int x1 = X(from) + BoxWidth / 2, y1 = Y(from) + BoxHeight, x2 = X(to) + BoxWidth / 2, y2 = Y(to);
        // Past several rows a line swings out to the side, so that it does not run behind the boxes between.
        int side = to.Row - from.Row > 1 ? BoxWidth / 2 + GapX / 2 : 0;
        svg.Append(Invariant(
            $"<path d=\"M{x1} {y1} C{x1 + side} {y1 + GapY} {x2 + side} {y2 - GapY} {x2} {y2}\"/>\n"));
    }

    private void AppendBox(StringBuilder svg, Box box)
    {
        int x = X(box), y = Y(box), middle = x + BoxWidth / 2;
        svg.Append(Invariant($"<g class=\"{box.Kind}\"><title>{Page.Text($"{box.Title}: {box.Subtitle}")}</title>"));
        svg.Append(Invariant($"<rect x=\"{x}\" y=\"{y}\" width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"6\"/>"));
        svg.Append(Invariant($"<text x=\"{middle}\" y=\"{y + 17}\" text-anchor=\"middle\">{Short(box.Title)}</text>"));
        svg.Append(Invariant(
            $"<text class=\"soft\" x=\"{middle}\" y=\"{y + 32}\" text-anchor=\"middle\">{Short(box.Subtitle)}</text>"));
        svg.Append("</g>\n");
    }

    private int X(Box box)
    {
        int rowWidth = rowSizes[box.Row] * (BoxWidth + GapX) - GapX;
        int widest = rowSizes.Max() * (BoxWidth + GapX) - GapX;
        return Margin + (widest - rowWidth) / 2 + box.Column * (BoxWidth + GapX);
    }

    private static int Y(Box box) => Margin + box.Row * (BoxHeight + GapY);

    private static string Short(string text) =>
        Page.Text(text.Length <= MostLetters ? text : text[..(MostLetters - 1)] + "…");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
