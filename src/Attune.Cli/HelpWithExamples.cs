using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Attune.Cli.Verbs;

namespace Attune.Cli;

/// <summary>The usual help, and below it the examples of the verb.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction usual;

    public HelpWithExamples(HelpAction usual, int width)
    {
        this.usual = usual;
        usual.MaxWidth = width;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int result = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is Verb verb)
        {
            output.WriteLine("Examples:");
            foreach (string example in verb.Examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }
        return result;
    }
}
