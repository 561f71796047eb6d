using System.Diagnostics;
using System.Text.Json;

namespace Attune.Build.Tests;

/// <summary>A project in a folder of its own, built by the real tools.</summary>
internal sealed class TestProject : IDisposable
{
    public TestProject(string items, string program)
    {
        Write(items);
        Folder.Write("Program.cs", program);
    }

    public TemporaryFolder Folder { get; } = new();

    public string Output => Path.Combine(Folder.Path, "bin/Debug/net10.0");

    public string Generated => Path.Combine(Folder.Path, "obj/Debug/net10.0/attune");

    /// <summary>Writes the project file anew.</summary>
    public void Write(string items) => Folder.Write("My.App.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <AnalysisLevel>latest-recommended</AnalysisLevel>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <UseAppHost>false</UseAppHost>
            <NuGetAudit>false</NuGetAudit>
            <AttuneTaskAssembly>{Paths.BuildTask}</AttuneTaskAssembly>
          </PropertyGroup>
          <Import Project="{Paths.BuildTaskFolder}build/Attune.props" />
          <ItemGroup>
            <Reference Include="{Paths.Library}" />
            {items}
          </ItemGroup>
          <Import Project="{Paths.BuildTaskFolder}build/Attune.targets" />
        </Project>
        """);

    /// <summary>Builds and returns what the build said; fails the test when the build does.</summary>
    public string Build(params string[] arguments)
    {
        (int exitCode, string text) = Run(["build", "-v:n", "-nodeReuse:false", .. arguments]);
        Assert.True(exitCode == 0, text);
        return text;
    }

    public string BuildAndFail()
    {
        (int exitCode, string text) = Run(["build", "-v:n", "-nodeReuse:false"]);
        Assert.NotEqual(0, exitCode);
        return text;
    }

    /// <summary>The files that an editor would see, from the build that an editor runs.</summary>
    public IReadOnlyList<string> FilesInEditor()
    {
        (int exitCode, string text) = Run([
            "msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingProject=false",
            "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
            "-nodeReuse:false", "-getItem:Compile"]);
        Assert.True(exitCode == 0, text);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("Items").GetProperty("Compile").EnumerateArray()
            .Select(item => item.GetProperty("FullPath").GetString()!)];
    }

    public string RunProgram()
    {
        (int exitCode, string text) = Run([Path.Combine(Output, "My.App.dll")]);
        Assert.True(exitCode == 0, text);
        return text;
    }

    public (int ExitCode, string Text) Run(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = Folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment.Remove("MSBuildSDKsPath");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + errors.GetAwaiter().GetResult());
    }

    public void Dispose() => Folder.Dispose();
}
