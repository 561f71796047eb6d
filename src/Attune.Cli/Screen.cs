using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Attune.Cli;

/// <summary>Where a verb writes: results to one writer, errors to another, and tables and colours through Spectre.
/// </summary>
internal sealed class Screen
{
    /// <summary>How wide lines are where nobody says: in a pipe, in a file.</summary>
    public const int StandardWidth = 80;

    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes errors and remarks.</param>
    /// <param name="isTerminal">Whether somebody looks at it: bars may move, lines may be written over.</param>
    /// <param name="hasColours">Whether colours are shown.</param>
    /// <param name="width">Columns.</param>
    public Screen(
        TextWriter output, TextWriter error, bool isTerminal = false, bool hasColours = false,
        int width = StandardWidth)
    {
        Output = output;
        Error = error;
        IsTerminal = isTerminal;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new Writer(isTerminal ? output : new LineWriter(output), isTerminal, width),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        Console.Profile.Capabilities.Unicode = true;
        Width = width;
        Strong = hasColours ? new Style(decoration: Decoration.Bold) : Style.Plain;
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public bool IsTerminal { get; }

    public int Width { get; }

    public IAnsiConsole Console { get; }

    /// <summary>How headings stand out: not at all without colours, since what asks for none asks for plain text.
    /// </summary>
    public Style Strong { get; }

    /// <summary>The console of this process. Colours are shown on a terminal unless <c>NO_COLOR</c> is set.</summary>
    public static Screen OfProcess()
    {
#pragma warning disable RS0030 // this is where the console comes from
        System.Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        bool isTerminal = !System.Console.IsOutputRedirected
            && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        bool hasColours = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Screen(
            System.Console.Out,
            System.Console.Error,
            isTerminal,
            hasColours,
            isTerminal ? TerminalWidth() : PipeWidth());
#pragma warning restore RS0030
    }

    /// <summary>Leaves the terminal as it was, when the process ends in the middle of a moving bar.</summary>
    public void GiveBack()
    {
        // Not by way of Console, which would draw its bar once more.
        if (IsTerminal)
            Output.Write("\u001b[?25h\r\n");
        Remark("attune: Stopped at once.");
    }

    /// <summary>A line of plain text.</summary>
    public void Line(string text = "") => Output.WriteLine(Plain.Text(text));

    /// <summary>A line about what is going on, which is no result.</summary>
    public void Remark(string text) => Error.WriteLine(Plain.Text(text));

#pragma warning disable RS0030
    private static int TerminalWidth()
    {
        try
        {
            return System.Console.WindowWidth is > 0 and var width ? width : StandardWidth;
        }
        catch (IOException)
        {
            return StandardWidth;
        }
    }
#pragma warning restore RS0030

    private static int PipeWidth() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out int columns)
        && columns is >= 20 and <= 1000
            ? columns
            : StandardWidth;

    private sealed class Writer(TextWriter writer, bool isTerminal, int width) : IAnsiConsoleOutput
    {
        TextWriter IAnsiConsoleOutput.Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
