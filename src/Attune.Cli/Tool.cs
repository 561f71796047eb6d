using System.CommandLine;
using System.CommandLine.Help;
using Attune.Cli.Verbs;

namespace Attune.Cli;

/// <summary>The program: its verbs, and what happens around each of them.</summary>
internal static class Tool
{
    /// <summary>Exit codes. Shells give 130 to what Ctrl-C has ended, and scripts stop there.</summary>
    public const int Done = 0, Failed = 1, WrongUsage = 2, Interrupted = 130;

    /// <summary>The names of all verbs.</summary>
    public static IEnumerable<string> VerbNames =>
        Verbs(new Screen(TextWriter.Null, TextWriter.Null)).Select(verb => verb.Name);

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Screen screen, Interruption? interruption = null)
    {
        ParseResult parsed = Root(screen).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            foreach (string message in ParseMessage.Of(parsed))
                WriteError(screen, message);
            screen.Remark($"'{CommandLine(parsed)} --help' shows what it takes.");
            return WrongUsage;
        }
        if (interruption is not null && parsed.CommandResult.Command is Verb called)
        {
            interruption.Patience = called.Patience;
            interruption.Stopping = called.OnStopping;
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = screen.Output,
                    Error = screen.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                interruption?.Token ?? CancellationToken.None);
        }
        catch (Exception error) when (!IsClosedPipe(error, screen))
        {
            WriteError(screen, Failure.Sentence(error));
            return Failure.ExitCode(error);
        }
        catch (IOException)
        {
            // Whoever read the output has seen enough, such as head.
            return Done;
        }
    }

    /// <summary>All verbs with their arguments and options.</summary>
    public static Command Root(Screen screen)
    {
        // No RootCommand: that is called as its file is, and the file is Attune.Cli.
        var root = new Command("attune", "Inspects, runs, converts and personalises Core ML models.")
        {
            new HelpOption(),
            new VersionOption(),
        };
        foreach (Verb verb in Verbs(screen))
            root.Add(verb);
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!, screen.Width);
        root.SetAction(parsed =>
        {
            WriteError(screen, "A verb is missing. 'attune --help' lists them.");
            return WrongUsage;
        });
        return root;
    }

    private static IEnumerable<Verb> Verbs(Screen screen) =>
    [
        new InspectVerb(screen),
        new PredictVerb(screen),
        new ConvertVerb(screen),
        new CompileVerb(screen),
        new GenerateVerb(screen),
        new MarkVerb(screen),
        new DiffVerb(screen),
        new BenchVerb(screen),
        new EvaluateVerb(screen),
        new UpdateVerb(screen),
    ];

    private static string CommandLine(ParseResult parsed) =>
        parsed.CommandResult.Command is Verb verb ? $"attune {verb.Name}" : "attune";

    private static void WriteError(Screen screen, string sentence) => screen.Remark($"attune: {sentence}");

    // A reader that is gone shows itself as an error of the writer without a file's name.
    private static bool IsClosedPipe(Exception error, Screen screen) =>
        error is IOException { InnerException: System.Net.Sockets.SocketException } or IOException { HResult: 32 }
        && !screen.IsTerminal;
}
