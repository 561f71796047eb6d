using System.Globalization;
using System.Text;
using Attune.Cli.Pages;

namespace Attune.Cli.Training;

/// <summary>Draws numbers of epochs as lines.</summary>
internal static class CurveDrawing
{
    private const int Width = 640, Height = 220, Left = 64, Right = 110, Top = 12, Bottom = 28;

    private static readonly string[] Colours = ["var(--mark)", "var(--other)"];

    /// <summary>One line for each name that has numbers; the axis writes them by <paramref name="write"/>.</summary>
    public static string Of(Func<double, string> write, params (string Name, double?[] Values)[] lines)
    {
        (string Name, double?[] Values)[] shown =
            [.. lines.Where(line => line.Values.Any(value => value is { } known && double.IsFinite(known)))];
        double[] all = [.. shown.SelectMany(line => line.Values).OfType<double>().Where(double.IsFinite)];
        if (all.Length == 0)
            return "<p class=\"soft\">Nothing was measured.</p>";
        double least = all.Min(), most = all.Max();
        double span = most > least ? most - least : 1;
        int count = shown.Max(line => line.Values.Length);

        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" "));
        svg.Append(Invariant($"viewBox=\"0 0 {Width} {Height}\" role=\"img\">\n"));
        AppendAxis(svg, write(least), write(least + span), count);
        for (int i = 0; i < shown.Length; i++)
            AppendLine(svg, shown[i].Name, shown[i].Values, Colours[i % Colours.Length], least, span, count);
        return svg.Append("</svg>").ToString();
    }

    private static void AppendAxis(StringBuilder svg, string least, string most, int count)
    {
        int bottom = Height - Bottom;
        svg.Append(Invariant($"<path d=\"M{Left} {Top} V{bottom} H{Width - Right}\"/>\n"));
        string Number(int y, string number) => Invariant(
            $"<text x=\"{Left - 6}\" y=\"{y}\" text-anchor=\"end\">{Page.Text(number)}</text>");
        svg.Append(Number(Top + 8, most));
        svg.Append(Number(bottom, least));
        svg.Append(Invariant($"<text x=\"{Left}\" y=\"{Height - 8}\">epoch 1</text>"));
        svg.Append(Invariant($"<text x=\"{Width - Right}\" y=\"{Height - 8}\" text-anchor=\"end\">{count}</text>\n"));
    }

    private static void AppendLine(
        StringBuilder svg, string name, double?[] values, string colour, double least, double span, int count)
    {
        double X(int epoch) => Left + (Width - Left - Right) * (count > 1 ? epoch / (count - 1.0) : 0.5);
        double Y(double value) => Top + (Height - Top - Bottom) * (1 - (value - least) / span);
        var points = new List<string>();
        double last = 0;
        for (int i = 0; i < values.Length; i++)
            if (values[i] is { } value && double.IsFinite(value))
                points.Add(Invariant($"{X(i):0.#},{last = Y(value):0.#}"));
        svg.Append(Invariant($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" "));
        svg.Append(Invariant($"points=\"{string.Join(' ', points)}\"/>\n"));
        svg.Append(Invariant(
            $"<text x=\"{Width - Right + 6}\" y=\"{last + 4:0.#}\" style=\"fill:{colour}\">"));
        svg.Append($"{Page.Text(name)}</text>\n");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
