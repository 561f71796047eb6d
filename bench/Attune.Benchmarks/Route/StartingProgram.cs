using System.Reflection;

namespace Attune.Benchmarks.Route;

/// <summary>
/// This program as an application would ship it: compiled ahead of time (ReadyToRun). What measures a start runs that
/// one, for otherwise most of the time goes to compiling code at run time. The library's package holds no such code;
/// an application's publish makes it.
/// </summary>
internal static class StartingProgram
{
    private const string Switch = "Attune.Benchmarks.CompiledAhead";

    private static readonly Lazy<string?> Published = new(Publish);

    /// <summary>False if the code is compiled while it runs, for want of the SDK or of its compiler.</summary>
    public static bool IsCompiledAhead => IsThisOne || Published.Value is not null;

    private static bool IsThisOne => AppContext.TryGetSwitch(Switch, out bool ahead) && ahead;

    /// <summary>Runs it with other arguments.</summary>
    public static ChildProcess Run(params ReadOnlySpan<string> arguments) =>
        IsThisOne || Published.Value is not { } program
            ? ChildProcess.RunSelf(arguments)
            : ChildProcess.Run(program, [.. arguments]);

    /// <summary>Publishes this program beside its build; quick if nothing has changed. Null if that fails.</summary>
    private static string? Publish()
    {
        string project = Fact("Project");
        string folder = Path.Combine(AppContext.BaseDirectory, "compiled-ahead");
        string[] arguments =
        [
            "publish", project, "-c", "Release", "--use-current-runtime", "--self-contained", "false",
            "-p:PublishReadyToRun=true", "-p:RunAnalyzers=false", "--artifacts-path", folder, "-o",
            Path.Combine(folder, "program"),
        ];
        try
        {
            ChildProcess.Run(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments);
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
        string name = Assembly.GetEntryAssembly()!.GetName().Name!;
        return Path.Combine(folder, "program", OperatingSystem.IsWindows() ? $"{name}.exe" : name);
    }

    private static string Fact(string key) => typeof(StartingProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == key).Value!;
}
