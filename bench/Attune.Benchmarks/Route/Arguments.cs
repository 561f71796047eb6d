using System.Globalization;

namespace Attune.Benchmarks.Route;

/// <summary>Command-line arguments of the form <c>--name value</c>, and flags. Every one has to be asked for.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public Arguments(ReadOnlySpan<string> args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                throw new ArgumentException($"Arguments are written as '--name value'; got '{args[i]}'.");
            bool hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            values[args[i][2..]] = hasValue ? args[++i] : "";
        }
    }

    public string Text(string name, string standard)
    {
        asked.Add(name);
        return values.GetValueOrDefault(name, standard);
    }

    public string? Text(string name)
    {
        asked.Add(name);
        return values.GetValueOrDefault(name);
    }

    public string Choice(string name, string standard, params ReadOnlySpan<string> choices)
    {
        string chosen = Text(name, standard);
        return choices.Contains(chosen)
            ? chosen
            : throw new ArgumentException($"--{name} takes one of {string.Join(", ", choices!)}; got '{chosen}'.");
    }

    public int Count(string name, int standard) =>
        int.TryParse(Text(name, standard.ToString(CultureInfo.InvariantCulture)), out int count) && count > 0
            ? count
            : throw new ArgumentException($"--{name} takes a whole number above 0; got '{values[name]}'.");

    public double? Number(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return double.TryParse(text, CultureInfo.InvariantCulture, out double number) && number > 0
            ? number
            : throw new ArgumentException($"--{name} takes a number above 0; got '{text}'.");
    }

    public bool Flag(string name) => Text(name) is not null;

    /// <exception cref="ArgumentException">An argument was given that nobody has asked for.</exception>
    public void RequireAllKnown()
    {
        foreach (string name in values.Keys)
            if (!asked.Contains(name))
                throw new ArgumentException($"There is no argument '--{name}' here.");
    }
}
