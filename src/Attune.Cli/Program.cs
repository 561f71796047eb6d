using Attune.Cli;

// The one place that knows the process: its console, its environment and its signals. Everything else is given these.
#pragma warning disable RS0030
var screen = Screen.OfProcess();
using Interruption interruption = new Interruption(code =>
{
    screen.GiveBack();
    Environment.Exit(code);
}).Listen();
return await Tool.RunAsync(args, screen, interruption);
