namespace Attune.Build.Tests;

/// <summary>Real builds of a real project. Each takes seconds, so one project lives through many changes.</summary>
public sealed class BuildTests
{
    private const string Skipped = "Skipping target \"AttuneGenerateClasses\"";

    private const string Program = """
        System.Console.Write(System.IO.Path.Exists(Digits.ModelPath) + " " + new DigitsInputs().Count);

        internal sealed class DigitsInputs
        {
            public int Count { get; } = typeof(DigitsInput).GetProperties().Length;
        }
        """;

    [Fact]
    public void Classes_follow_the_models_through_the_life_of_a_project()
    {
        using var project = new TestProject("""<AttuneModel Include="Models/Digits.mlmodel" />""", Program);
        string model = project.Folder.Write("Models/Digits.mlmodel", TestModel.Digits);
        string generated = Path.Combine(project.Generated, "Models/Digits.mlmodel.g.cs");

        project.Build();
        Assert.Equal("True 2", project.RunProgram());   // Image, FeatureNames
        Assert.Contains("namespace My.App;", File.ReadAllText(generated), StringComparison.Ordinal);

        Assert.Contains(Skipped, project.Build("--no-restore"), StringComparison.Ordinal);

        File.WriteAllBytes(model, TestModel.Taking(TestModel.Feature("a", TestModel.Words)).ToBytes());
        File.SetLastWriteTimeUtc(model, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.DoesNotContain(Skipped, project.Build("--no-restore"), StringComparison.Ordinal);
        Assert.Contains("string A { get; set; }", File.ReadAllText(generated), StringComparison.Ordinal);

        project.Folder.Write("Program.cs", "System.Console.Write(1);");
        project.Write("");
        project.Build("--no-restore");
        Assert.False(File.Exists(generated));
    }

    [Fact]
    public void An_editor_sees_the_classes_before_the_first_build_and_after_a_clean_they_are_gone()
    {
        using var project = new TestProject("""
            <AttuneModel Include="Digits.mlpackage" ClassName="Digits" Accessibility="internal" />
            """, Program);
        project.Folder.WritePackage("Digits.mlpackage", TestModel.Digits);
        string generated = Path.Combine(project.Generated, "Digits.mlpackage.g.cs");
        Assert.Equal(0, project.Run(["restore"]).ExitCode);

        Assert.Contains(generated, project.FilesInEditor());
        Assert.True(File.Exists(generated));

        project.Build("--no-restore");
        Assert.Equal("True 2", project.RunProgram());
        string weights = "Digits.mlpackage/Data/com.apple.CoreML/weights/weight.bin";
        Assert.True(File.Exists(Path.Combine(project.Output, weights)));

        Assert.Equal(0, project.Run(["clean", "-nodeReuse:false"]).ExitCode);
        Assert.False(File.Exists(generated));
        Assert.False(File.Exists(Path.Combine(project.Output, "Digits.mlpackage/Manifest.json")));
    }

    [Fact]
    public void Findings_name_the_model_file()
    {
        using var project = new TestProject("""
            <AttuneModel Include="Digits.mlmodel" />
            <AttuneModel Include="Broken.mlmodel" />
            <AttuneModel Include="Missing.mlpackage" />
            """, "System.Console.Write(1);");
        project.Folder.Write("Digits.mlmodel", TestModel.Digits);
        project.Folder.Write("Broken.mlmodel", "This is no model.");

        string text = project.BuildAndFail();

        Assert.Contains("Broken.mlmodel : error ATTUNE002: ", text, StringComparison.Ordinal);
        Assert.Contains("Missing.mlpackage : error ATTUNE001: ", text, StringComparison.Ordinal);
    }
}
