using static Attune.Build.Tests.TestModel;

namespace Attune.Build.Tests;

public sealed class DiagnosticsTests
{
    private static readonly ClassOptions Options =
        new() { ModelFile = "A.mlmodel", RelativePath = "A.mlmodel", Namespace = "N" };

    [Fact]
    public void A_missing_file_is_reported() =>
        Only("ATTUNE001", DiagnosticSeverity.Error, Generate("nowhere/Missing.mlmodel"));

    [Fact]
    public void A_missing_package_is_reported() =>
        Only("ATTUNE001", DiagnosticSeverity.Error, Generate("nowhere/Missing.mlpackage"));

    [Theory]
    [InlineData("This is no model.")]
    [InlineData("")]
    [InlineData("<html>Not found</html>")]
    public void A_file_that_is_something_else_is_reported(string content) =>
        Only("ATTUNE002", DiagnosticSeverity.Error, Generated.Try([.. content.Select(c => (byte)c)]).Findings);

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("[]", "JSON")]
    [InlineData("{}", "root model")]
    [InlineData("""{ "rootModelIdentifier": 5, "itemInfoEntries": { "5": "x" } }""", "root model")]
    [InlineData("""{ "rootModelIdentifier": "a", "itemInfoEntries": { "a": { "path": "../../../x" } } }""", "outside")]
    [InlineData("""{ "rootModelIdentifier": "a", "itemInfoEntries": { "a": { "path": "/etc/x" } } }""", "outside")]
    [InlineData("""{ "rootModelIdentifier": "a", "itemInfoEntries": { "a": { "path": "no.bin" } } }""", "no.bin")]
    public void A_package_with_a_broken_manifest_is_reported(string manifest, string says)
    {
        using var folder = new TemporaryFolder();
        string package = folder.WritePackage("P.mlpackage", Digits);
        folder.Write("P.mlpackage/Manifest.json", manifest);

        Diagnostic finding = Only("ATTUNE002", DiagnosticSeverity.Error, Generate(package));

        Assert.Contains(says, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_without_a_manifest_is_reported()
    {
        using var folder = new TemporaryFolder();
        string package = folder.WritePackage("P.mlpackage", Digits);
        File.Delete(Path.Combine(package, "Manifest.json"));

        Only("ATTUNE002", DiagnosticSeverity.Error, Generate(package));
    }

    [Fact]
    public void A_description_of_many_megabytes_is_refused_unread()
    {
        TestModel model = Taking(Feature("a", Words, new string('x', 20_000_000)));

        Only("ATTUNE002", DiagnosticSeverity.Error, Generated.Try(model.ToBytes()).Findings);
    }

    [Fact]
    public void Two_features_with_one_name_are_reported() => Only(
        "ATTUNE002", DiagnosticSeverity.Error,
        Generated.Try(Taking(Feature("a", Words), Feature("a", Number)).ToBytes()).Findings);

    [Theory]
    [InlineData("Compiled.mlmodelc")]
    [InlineData("weights.onnx")]
    public void Other_forms_than_model_and_package_are_refused(string file) =>
        Only("ATTUNE003", DiagnosticSeverity.Error, Generate(file));

    [Fact]
    public void A_model_without_inputs_is_refused() =>
        Only("ATTUNE004", DiagnosticSeverity.Error, Generated.Try(Taking().ToBytes()).Findings);

    [Fact]
    public void A_model_without_outputs_is_refused()
    {
        TestModel model = new() { Description = new() { Input = { Feature("a", Words) } } };

        Only("ATTUNE004", DiagnosticSeverity.Error, Generated.Try(model.ToBytes()).Findings);
    }

    [Fact]
    public void Too_many_features_are_refused()
    {
        TestModel model = Taking([.. Enumerable.Range(0, 10_000).Select(i => Feature("f" + i, Number))]);

        Only("ATTUNE005", DiagnosticSeverity.Error, Generated.Try(model.ToBytes()).Findings);
    }

    [Fact]
    public void A_type_that_is_not_known_becomes_a_plain_feature_value()
    {
        (GeneratedClass? generated, IReadOnlyList<Diagnostic> findings) =
            Generated.Try(Taking(Feature("future", new())).ToBytes(), Options);

        Only("ATTUNE006", DiagnosticSeverity.Warning, findings);
        Assert.Contains("MLFeatureValue Future { get; set; }", generated!.Text, StringComparison.Ordinal);
        Assert.Empty(Compiled.Complaints(generated.Text));
    }

    [Fact]
    public void An_updatable_model_without_training_inputs_gets_no_update()
    {
        TestModel model = new() { IsUpdatable = true, Description = Taking(Feature("a", Words)).Description };

        (GeneratedClass? generated, IReadOnlyList<Diagnostic> findings) = Generated.Try(model.ToBytes(), Options);

        Only("ATTUNE007", DiagnosticSeverity.Warning, findings);
        Assert.DoesNotContain("UpdateAsync", generated!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A", "A")]
    [InlineData("a", "A")]
    [InlineData("A", "AInput")]
    public void Two_models_of_one_class_are_reported(string first, string second)
    {
        IReadOnlyList<Diagnostic> findings = GenerateTwo(
            Options with { ClassName = first }, Options with { ClassName = second, RelativePath = "B.mlmodel" });

        Only("ATTUNE008", DiagnosticSeverity.Error, findings);
    }

    [Fact]
    public void Two_models_of_one_class_in_two_namespaces_are_fine() => Assert.Empty(
        GenerateTwo(Options, Options with { Namespace = "M", RelativePath = "B.mlmodel" }));

    [Fact]
    public void Two_models_in_one_place_are_reported() => Only(
        "ATTUNE009", DiagnosticSeverity.Error, GenerateTwo(Options, Options with { ClassName = "B" }));

    [Theory]
    [InlineData("protected")]
    [InlineData("public static")]
    [InlineData("public class Evil; internal")]
    public void An_unknown_accessibility_is_reported(string accessibility) => Only(
        "ATTUNE010", DiagnosticSeverity.Error,
        Generated.Try(Digits.ToBytes(), Options with { Accessibility = accessibility }).Findings);

    [Fact]
    public void A_class_that_hides_behind_its_namespace_is_warned_about() => Only(
        "ATTUNE011", DiagnosticSeverity.Warning,
        Generated.Try(Digits.ToBytes(), Options with { Namespace = "A" }).Findings);

    [Theory]
    [InlineData("my-digits", "My_digits")]
    [InlineData("Model", "Model2")]
    public void A_class_whose_name_had_to_change_is_mentioned(string wished, string expected)
    {
        Diagnostic finding = Only(
            "ATTUNE012", DiagnosticSeverity.Info,
            Generated.Try(Digits.ToBytes(), Options with { ClassName = wished }).Findings);

        Assert.Contains($"'{expected}'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_whose_name_had_to_change_is_mentioned() => Only(
        "ATTUNE012", DiagnosticSeverity.Info, Generated.Try(Taking(Feature("a b", Words)).ToBytes(), Options).Findings);

    private static Diagnostic Only(string id, DiagnosticSeverity severity, IReadOnlyList<Diagnostic> findings)
    {
        Diagnostic finding = Assert.Single(findings);
        Assert.Equal((id, severity), (finding.Id, finding.Severity));
        Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
        return finding;
    }

    private static List<Diagnostic> Generate(string path)
    {
        var findings = new List<Diagnostic>();
        Assert.Null(new ModelSet().Generate(path, Options, findings));
        return findings;
    }

    private static List<Diagnostic> GenerateTwo(ClassOptions first, ClassOptions second)
    {
        using var folder = new TemporaryFolder();
        var findings = new List<Diagnostic>();
        var models = new ModelSet();
        Assert.NotNull(models.Generate(folder.Write("A.mlmodel", Digits), first, findings));
        models.Generate(folder.Write("B.mlmodel", Digits), second, findings);
        return findings;
    }
}
