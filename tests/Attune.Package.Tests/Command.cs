using System.Diagnostics;

namespace Attune.Package.Tests;

/// <summary>A program that has ended.</summary>
internal sealed record Command(int ExitCode, string Text)
{
    private static readonly Dictionary<string, string> NoVariables = [];

    /// <summary>Runs the SDK in a folder, as from a terminal of somebody who knows nothing of this test run.</summary>
    public static Command DotNet(string folder, params IEnumerable<string> arguments) =>
        DotNet(folder, NoVariables, arguments);

    /// <summary>The same with some variables of the environment of its own.</summary>
    public static Command DotNet(
        string folder, IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments) =>
        Run(folder, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", variables, arguments);

    public static string ProgramFile(string name) => OperatingSystem.IsWindows() ? $"{name}.exe" : name;

    public static Command Run(string folder, string program, params IEnumerable<string> arguments) =>
        Run(folder, program, NoVariables, arguments);

    private static Command Run(
        string folder,
        string program,
        IReadOnlyDictionary<string, string> variables,
        IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // no server may keep a file of the temporary folder open
        string[] ofTheTestRun = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "NUGET_PACKAGES"];
        foreach (string name in ofTheTestRun)
            start.Environment.Remove(name);
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Command(process.ExitCode, text + errors.GetAwaiter().GetResult());
    }

    /// <summary>Fails the test unless the program did its work.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"It ended with {ExitCode}:\n{Text}");
        return Text;
    }
}
