using System.CommandLine;

namespace Attune.Cli.Verbs;

/// <summary>
/// One verb of the tool. It turns its arguments into a record of options, gives that to a worker, and what the worker
/// made to a renderer.
/// </summary>
internal abstract class Verb : Command
{
    private readonly Option<bool> json = new("--json") { Description = "Write the result as JSON." };

    protected Verb(string name, string description, Screen screen, params string[] examples)
        : base(name, description)
    {
        Screen = screen;
        Examples = examples;
        Options.Add(json);
        SetAction(RunAsync);
    }

    /// <summary>How long the verb may take to end by itself after Ctrl-C.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(1);

    /// <summary>Called when Ctrl-C asks it to.</summary>
    public virtual void OnStopping()
    {
    }

    /// <summary>Command lines that work as they stand, given such files.</summary>
    public IReadOnlyList<string> Examples { get; }

    protected Screen Screen { get; }

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken);

    /// <summary>Shows a result: as JSON where that is asked for, or else with <paramref name="show"/>.</summary>
    protected int Show<T>(ParseResult parsed, T result, Action<T> show)
    {
        if (IsJson(parsed))
            Screen.Output.WriteLine(JsonText.Of(result));
        else
            show(result);
        return Tool.Done;
    }

    /// <summary>Says that a file was written, if one was, where people read it.</summary>
    protected void ShowWritten(ParseResult parsed, string? file)
    {
        if (file is not null && !IsJson(parsed))
            Screen.Line($"Wrote {file}.");
    }

    protected bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>Names that are given one by one, or with commas between.</summary>
    protected static string[] Names(string[]? given) =>
    [
        .. (given ?? []).SelectMany(names => names.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    /// <summary>Refuses numbers below 1, and above <paramref name="most"/>.</summary>
    protected static void AtLeastOne(Option option, int most = int.MaxValue) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count != 1 || !int.TryParse(result.Tokens[0].Value, out int number))
            return;
        if (number < 1)
            result.AddError($"{option.Name} takes a number of 1 or more; got {number}.");
        else if (number > most)
            result.AddError($"{option.Name} takes a number up to {Plain.Count(most)}; got {Plain.Count(number)}.");
    });

    protected static Argument<string> ModelArgument() => new("MODEL")
    {
        Description = "A .mlmodel file, or a .mlpackage or .mlmodelc folder.",
    };
}
