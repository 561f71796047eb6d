using System.Formats.Tar;
using System.IO.Compression;
using Attune.Files;
using Attune.Format;
using Attune.Format.Specification;

namespace Attune.Tests.Files;

public sealed class PackageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("../outside.mlmodel")]
    [InlineData("com.apple.CoreML/../../../outside.mlmodel")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/outside.mlmodel")]
    [InlineData("..\\\\outside.mlmodel")]
    [InlineData("./model.mlmodel")]
    [InlineData("com.apple.CoreML//model.mlmodel")]
    [InlineData("")]
    [InlineData("model\\u0000.mlmodel")]
    public void Paths_that_leave_the_package_are_refused(string path)
    {
        File.WriteAllBytes(folder.In("outside.mlmodel"), []);
        string package = Package($$$"""
            {"itemInfoEntries":{"A":{"path":"{{{path}}}","name":"m"}},"rootModelIdentifier":"A"}
            """);

        var error = Assert.Throws<MLModelFormatException>(() => ModelStore.Open(package));

        Assert.Contains("stay inside", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Symbolic_links_are_not_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "Making symbolic links needs rights there.");
        File.WriteAllBytes(folder.In("outside.mlmodel"), []);
        string package = Package("""
            {"itemInfoEntries":{"A":{"path":"model.mlmodel"}},"rootModelIdentifier":"A"}
            """);
        File.CreateSymbolicLink(Path.Combine(package, "Data", "model.mlmodel"), folder.In("outside.mlmodel"));

        var error = Assert.Throws<MLModelFormatException>(() => ModelStore.Open(package));

        Assert.Contains("symbolic link", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"rootModelIdentifier":"A"}""")]
    [InlineData("""{"rootModelIdentifier":7,"itemInfoEntries":{}}""")]
    [InlineData("""{"rootModelIdentifier":"A","itemInfoEntries":[]}""")]
    [InlineData("""{"rootModelIdentifier":"A","itemInfoEntries":{}}""")]
    [InlineData("""{"rootModelIdentifier":"A","itemInfoEntries":{"A":1}}""")]
    [InlineData("""{"rootModelIdentifier":"A","itemInfoEntries":{"A":{}}}""")]
    [InlineData("""{"rootModelIdentifier":"\uD800","itemInfoEntries":{}}""")]
    [InlineData("""{"rootModelIdentifier":"A","itemInfoEntries":{"\uD800":{"path":"a"}}}""")]
    public void Manifests_that_are_wrong_are_refused(string manifest)
    {
        string package = Package(manifest);

        var error = Assert.Throws<MLModelFormatException>(() => ModelStore.Open(package));

        Assert.Contains("Manifest.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_specification_is_a_missing_file()
    {
        string package = Package("""{"rootModelIdentifier":"A","itemInfoEntries":{"A":{"path":"model.mlmodel"}}}""");

        Assert.Throws<FileNotFoundException>(() => ModelStore.Open(package));
    }

    [Fact]
    public void Weights_of_a_program_are_kept_by_every_save()
    {
        OpenedModel program = Program();

        string copy = folder.In("copy.mlpackage");
        ModelStore.Save(copy, program.Document, origin: program.Source);
        ModelStore.Save(copy, program.Document, origin: program.Source);
        OpenedModel opened = ModelStore.Open(copy);
        ModelStore.Save(copy, opened.Document, origin: opened.Source);
        ModelStore.Save(folder.In("compiled.mlmodelc"), opened.Document, origin: opened.Source);
        ModelStore.Save(folder.In("compiled.mlmodelc"), opened.Document, origin: opened.Source);
        OpenedModel compiled = ModelStore.Open(folder.In("compiled.mlmodelc"));
        ModelStore.Save(folder.In("back.mlpackage"), compiled.Document, origin: compiled.Source);

        foreach (string name in new[] { "copy.mlpackage", "compiled.mlmodelc", "back.mlpackage" })
        {
            OpenedModel again = ModelStore.Open(folder.In(name));
            Attachment weights = Assert.Single(again.Source.Attachments);
            Assert.Equal("weights", weights.RelativePath);
            Assert.Equal("12345", File.ReadAllText(Path.Combine(again.Source.ModelFolder, "weights", "weight.bin")));
            Assert.Single(folder.Entries(name), entry => entry.EndsWith("weight.bin", StringComparison.Ordinal));
        }
        Assert.Equal(
            ["Data", "Data/com.apple.CoreML", "Data/com.apple.CoreML/model.mlmodel", "Data/com.apple.CoreML/weights",
                "Data/com.apple.CoreML/weights/weight.bin", "Manifest.json"],
            folder.Entries("back.mlpackage"));
    }

    [Fact]
    public void A_program_does_not_fit_into_one_file()
    {
        OpenedModel program = Program();

        Assert.Throws<ArgumentException>(
            () => ModelStore.Save(folder.In("one.mlmodel"), program.Document, origin: program.Source));
    }

    [SkippableFact]
    public void Shared_programs_open_and_their_weights_are_found()
    {
        const int Enough = 40;
        List<string> packages = [];
        using var tar = new TarReader(new GZipStream(
            File.OpenRead(SharedFolder.Require("corpus", "mil_ops_mlprogram.tar.gz")), CompressionMode.Decompress));
        while (packages.Count < Enough && tar.GetNextEntry() is { } entry)
        {
            int end = entry.Name.IndexOf(".mlpackage/", StringComparison.Ordinal) + ".mlpackage".Length;
            if (end < ".mlpackage".Length
                || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            string path = folder.In(entry.Name);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: false);
            if (!packages.Contains(folder.In(entry.Name[..end])))
                packages.Add(folder.In(entry.Name[..end]));
        }
        packages.RemoveAt(packages.Count - 1); // perhaps not whole

        Assert.NotEmpty(packages);
        foreach (string package in packages)
        {
            OpenedModel opened = ModelStore.Open(package);
            Assert.Equal(Model.TypeOneofCase.MlProgram, opened.Document.Model.TypeCase);
            Assert.Equal(
                File.Exists(Path.Combine(opened.Source.ModelFolder, "weights", "weight.bin")),
                opened.Source.Attachments is [{ Name: "weights" }]);
        }
    }

    private OpenedModel Program()
    {
        string package = Package("""
            {"fileFormatVersion":"1.0.0","rootModelIdentifier":"A","itemInfoEntries":{
            "A":{"path":"com.apple.CoreML/model.mlmodel","name":"model.mlmodel","author":"com.apple.CoreML"},
            "B":{"path":"com.apple.CoreML/weights","name":"weights","author":"com.apple.CoreML"}}}
            """);
        string data = Path.Combine(package, "Data", "com.apple.CoreML");
        Directory.CreateDirectory(Path.Combine(data, "weights"));
        File.WriteAllText(Path.Combine(data, "weights", "weight.bin"), "12345");
        using (FileStream stream = File.Create(Path.Combine(data, "model.mlmodel")))
            ModelDocument.Of(new Model { SpecificationVersion = 6 }).Write(stream);
        return ModelStore.Open(package);
    }

    private string Package(string manifest)
    {
        string package = folder.In("model.mlpackage");
        Directory.CreateDirectory(Path.Combine(package, "Data"));
        File.WriteAllText(Path.Combine(package, "Manifest.json"), manifest);
        return package;
    }
}
