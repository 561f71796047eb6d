using Attune.Cli;

// The one place that knows the process: its console and its environment. Everything else is given writers.
#pragma warning disable RS0030
return await Tool.RunAsync(args, Screen.OfProcess());
