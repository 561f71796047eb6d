using System.Net;

namespace Attune.Cli.Pages;

/// <summary>Pages that need nothing beside them: no scripts, no fonts, no addresses.</summary>
internal static class Page
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2430; --paper: #ffffff; --soft: #5b6675; --line: #d5dbe3;
          --fill: #f3f6fa; --mark: #1769aa; --other: #c05621; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --paper: #14181e; --soft: #98a3b3;
          --line: #353d48; --fill: #1e242c; --mark: #6db3ee; --other: #f0a070; --bad: #ff8a80; } }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
          max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
        p, h1 { overflow-wrap: break-word; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line);
          vertical-align: top; }
        td.n, th.n { text-align: right; } .soft { color: var(--soft); } .bad { color: var(--bad); }
        .stages { border-left: 2px solid var(--line); padding-left: 1rem; } .stages h2 { margin-top: 1rem; }
        .stages .soft { margin: 0 0 .5rem; }
        .scroll { overflow-x: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
        body > svg { max-width: 100%; height: auto; overflow: visible; }
        @media (max-width: 40rem) { body > svg text { font-size: 15px; } }
        svg .soft { fill: var(--soft); font-size: 11px; }
        svg rect { fill: var(--fill); stroke: var(--line); } svg .mark rect { stroke: var(--mark); stroke-width: 2; }
        svg .bad rect { stroke: var(--bad); stroke-width: 2; } svg path { fill: none; stroke: var(--soft); }
        """;

    /// <summary>A whole page around a body.</summary>
    public static string Of(string title, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        {body}
        </body>
        </html>

        """;

    /// <summary>A text as it stands between tags and in quoted attributes.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(Plain.Text(text));

    /// <summary>A table; columns whose heading begins with <c>&gt;</c> are aligned to the right.</summary>
    public static string Table(string[] headings, IEnumerable<string[]> rows)
    {
        string Attribute(int column) => headings[column].StartsWith('>') ? " class=\"n\"" : "";
        string head = string.Concat(headings.Select(
            (heading, i) => $"<th{Attribute(i)}>{Text(heading.TrimStart('>'))}</th>"));
        string body = string.Join('\n', rows.Select(row =>
            $"<tr>{string.Concat(row.Select((cell, i) => $"<td{Attribute(i)}>{Text(cell)}</td>"))}</tr>"));
        return $"<div class=\"scroll\"><table>\n<tr>{head}</tr>\n{body}\n</table></div>";
    }

    public static string Section(string heading, string content) => $"<h2>{Text(heading)}</h2>\n{content}\n";
}
