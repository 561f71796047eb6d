namespace Attune.Package.Tests;

/// <summary>A new project that has the package and the digits, and nothing of the repository.</summary>
internal sealed class Application
{
    public const string Name = "My.App";

    // Core ML's walk-through, and then whether what it saved knows the digits.
    private const string Program = """
        await using ServiceProvider services =
            new ServiceCollection().AddMLModel<UpdatableMNISTDigitClassifier>().BuildServiceProvider();
        Console.WriteLine($"untrained: {services.GetRequiredService<UpdatableMNISTDigitClassifier>().Model.GetType()}");
        UpdatableMNISTDigitClassifier digits = await Attune.PublicApi.Tests.Snippets.WalkThrough.Run();
        var saved = new UpdatableMNISTDigitClassifier("Updated.mlmodelc");
        int right = 0;
        foreach (string path in Directory.GetFiles("Samples"))
        {
            MLPixelBuffer image =
                MLFeatureValue.FromImageFile(path, 28, 28, MLPixelFormat.OneComponent8).ImageBufferValue!;
            UpdatableMNISTDigitClassifierOutput output = saved.Prediction(image);
            if (output.DigitProbabilities[output.Digit] != digits.Prediction(image).DigitProbabilities[output.Digit])
                throw new InvalidOperationException($"{path}: the saved model predicts something else.");
            right += output.Digit == Path.GetFileName(path)[..1] ? 1 : 0;
        }
        Console.WriteLine($"right: {right}");
        """;

    private Application(string folder) => Folder = folder;

    public string Folder { get; }

    public static Application Make(Packages packages, string name)
    {
        var application = new Application(packages.NewFolder(name));
        application.Write($"{Name}.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Attune" Version="*-*" />
                <PackageReference Include="Attune.Authoring" Version="*-*" />
                <PackageReference Include="Attune.DependencyInjection" Version="*-*" />
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.0" />
                <AttuneModel Include="UpdatableMNISTDigitClassifier.mlmodel" />
                <Using Include="Attune" />
                <Using Include="Microsoft.Extensions.DependencyInjection" />
              </ItemGroup>
            </Project>
            """);
        application.Write("Program.cs", Program);
        application.Copy(
            Path.Combine(Repository.Root, "tests", "Attune.PublicApi.Tests", "Snippets", "WalkThrough.cs"), "");
        application.Copy(Path.Combine(Repository.Sample, "UpdatableMNISTDigitClassifier.mlmodel"), "");
        foreach (string sample in Directory.GetFiles(Path.Combine(Repository.Sample, "Samples"), "*.png"))
            application.Copy(sample, "Samples");
        return application;
    }

    /// <summary>
    /// Runs a build of the application in its folder, where the samples are, and checks that it has learnt.
    /// </summary>
    public void Learns(string program, params string[] arguments)
    {
        string text = Command.Run(Folder, program, arguments).Succeeded();

        string right = text.Split('\n').Single(line => line.StartsWith("right: ", StringComparison.Ordinal))[7..];
        Assert.InRange(int.Parse(right, null), 90, 100); // of what it was trained on
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    private void Copy(string path, string place)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, place)).FullName;
        File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
    }
}
