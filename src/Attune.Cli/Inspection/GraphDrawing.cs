using System.Globalization;
using System.Text;
using Attune.Cli.Pages;

namespace Attune.Cli.Inspection;

/// <summary>Draws a network from top to bottom: a box for each input and layer, and a line for each value.</summary>
internal sealed class GraphDrawing
{
    private const int BoxWidth = 200, BoxHeight = 54, GapX = 24, GapY = 30, Margin = 8;

    // What fits a box; the lines below the name are smaller.
    private const int MostLettersOfName = 28, MostLetters = 32;

    // A page with more boxes than this is no help, and slow.
    private const int MostBoxes = 5_000;

    private readonly GraphLayout layout = new(BoxWidth, GapX);
    private readonly List<Box> boxes = [];
    private readonly Dictionary<string, Place> makers = new(StringComparer.Ordinal);

    private sealed record Box(string Title, string Kind, string Shape, string Mark, Place Place);

    public static string Of(PartReport part) =>
        part.Layers.Count > MostBoxes
            ? TooLarge(part)
            : new GraphDrawing().Draw(part);

    private string Draw(PartReport part)
    {
        foreach (FeatureReport input in part.Inputs)
        {
            // "a multi-array Float32 [3×8×8]": the shape has a line of its own.
            int shape = Math.Max(0, input.Takes.IndexOf(" [", StringComparison.Ordinal));
            string kind = shape > 0 ? input.Takes[..shape] : input.Takes;
            makers[input.Name] = Add(input.Name, kind, shape > 0 ? input.Takes[(shape + 1)..] : "", "", []);
        }
        foreach (LayerReport layer in part.Layers)
        {
            Place[] from = [.. layer.Inputs.Where(makers.ContainsKey).Select(name => makers[name]).Distinct()];
            string shape = layer.Shapes.Count > 0 ? Plain.Shape(layer.Shapes[0]) : "";
            string mark = layer.Unsupported is not null ? "bad" : layer.IsUpdatable ? "mark" : "";
            Place place = Add(layer.Name, layer.Kind, shape, mark, from);
            foreach (string output in layer.Outputs)
                makers[output] = place;
        }
        if (layout.IsTooLarge)
            return TooLarge(part);
        layout.Arrange();
        return Svg();
    }

    private static string TooLarge(PartReport part) =>
        $"<p class=\"soft\">A graph of {Plain.Count(part.Layers.Count)} layers is not drawn.</p>";

    private Place Add(string title, string kind, string shape, string mark, Place[] from)
    {
        var box = new Box(title, kind, shape, mark, layout.Add(from));
        boxes.Add(box);
        return box.Place;
    }

    private string Svg()
    {
        double width = layout.Width + 2 * Margin;
        int height = layout.Rows.Count * (BoxHeight + GapY) - GapY + 2 * Margin;
        var svg = new StringBuilder();
        svg.Append(Invariant(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0.#}\" height=\"{height}\" role=\"img\" "));
        svg.Append(Invariant(
            $"viewBox=\"0 0 {width:0.#} {height}\" aria-label=\"The layers of the network\">\n"));
        foreach (Place place in layout.Rows.SelectMany(row => row))
            AppendLines(svg, place);
        foreach (Box box in boxes)
            AppendBox(svg, box);
        return svg.Append("</svg>").ToString();
    }

    private static void AppendLines(StringBuilder svg, Place to)
    {
        int bottom = Y(to);
        foreach (Place from in to.From)
        {
            int top = bottom - GapY, middle = bottom - GapY / 2;
            svg.Append(Invariant($"<path d=\"M{X(from)} {top} C{X(from)} {middle} {X(to)} {middle} {X(to)} {bottom}"));
            // Through a gap the line goes on.
            svg.Append(to.IsGap ? Invariant($" V{bottom + BoxHeight}\"/>\n") : "\"/>\n");
        }
    }

    private static void AppendBox(StringBuilder svg, Box box)
    {
        int y = Y(box.Place);
        string whole = $"{box.Title}: {box.Kind} {box.Shape}".TrimEnd();
        svg.Append(Invariant($"<g class=\"{box.Mark}\"><title>{Page.Text(whole)}</title>"));
        svg.Append(Invariant($"<rect x=\"{Margin + box.Place.X - BoxWidth / 2:0.#}\" y=\"{y}\" "));
        svg.Append(Invariant($"width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"6\"/>"));
        string[] lines = [.. new[] { box.Title, box.Kind, box.Shape }.Where(line => line.Length > 0)];
        for (int i = 0; i < lines.Length; i++)
        {
            bool isName = i == 0 && box.Title.Length > 0;
            string soft = isName ? "" : "class=\"soft\" ";
            string line = Short(lines[i], isName ? MostLettersOfName : MostLetters);
            int baseline = y + 31 + 15 * i - 15 * (lines.Length - 1) / 2;
            svg.Append(Invariant(
                $"<text {soft}x=\"{X(box.Place)}\" y=\"{baseline}\" text-anchor=\"middle\">{line}</text>"));
        }
        svg.Append("</g>\n");
    }

    private static string X(Place place) => Invariant($"{Margin + place.X:0.#}");

    private static int Y(Place place) => Margin + place.Row * (BoxHeight + GapY);

    private static string Short(string text, int most) =>
        Page.Text(text.Length <= most ? text : text[..(most - 1)] + "…");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
