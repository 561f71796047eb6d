namespace Attune.Tests.Architecture;

/// <summary>What holds for every source file.</summary>
public sealed class SourceTests
{
    private const int MostLines = 300;
    private const int MostColumns = 120;

    /// <summary>Files that may be longer, and why.</summary>
    private static readonly Dictionary<string, string> LongFiles = new()
    {
        ["tests/Attune.Tests/Authoring/NetworkBuilderTests.cs"] = "one test for each promise of the builder",
        ["tests/Attune.Tests/Authoring/UpdatableNetworkRulesTests.cs"] = "one test for each rule of updatable networks",
        ["tests/Attune.Tests/Update/MLUpdateTaskTests.cs"] = "one test for each promise of a task",
        ["tests/Attune.Tests/Files/ModelStoreTests.cs"] = "every way to save, for every form",
    };

    private static IEnumerable<(string Path, string Text)> Sources =>
        Repository.Files("*.cs", "src", "samples", "tests");

    [Fact]
    public void Files_are_short()
    {
        string[] tooLong =
        [
            .. Sources
                .Where(file => file.Text.Split('\n').Length - 1 > MostLines && !LongFiles.ContainsKey(file.Path))
                .Select(file => $"{file.Path} has more than {MostLines} lines."),
        ];

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Long_files_are_on_the_list_only_while_they_are_long()
    {
        Dictionary<string, int> lengths = Sources.ToDictionary(
            file => file.Path, file => file.Text.Split('\n').Length - 1);

        Assert.DoesNotContain(LongFiles.Keys, path => lengths.GetValueOrDefault(path) <= MostLines);
    }

    [Fact]
    public void Lines_are_short()
    {
        string[] tooLong =
        [
            .. from file in Sources
               from line in file.Text.Split('\n').Select((text, index) => (Text: text.TrimEnd('\r'), Number: index + 1))
               where line.Text.Length > MostColumns
               select $"{file.Path}({line.Number}) has {line.Text.Length} characters.",
        ];

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Nothing_is_left_to_be_done()
    {
        // Put together, or this file would be among them.
        string[] words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:"];
        IEnumerable<(string Path, string Text)> texts =
            [.. Sources, .. Repository.Files("*.proto", "src"), .. Repository.Files("*.md", "docs", "samples")];

        Assert.Empty(texts
            .Where(file => words.Any(word => file.Text.Contains(word, StringComparison.Ordinal)))
            .Select(file => file.Path));
    }

    [Fact]
    public void Kernels_use_no_queries()
    {
        Assert.Empty(Repository.Files("*.cs", "src/Attune/Kernels")
            .Where(file => file.Text.Contains("System.Linq", StringComparison.Ordinal)
                || file.Text.Contains(".Select(", StringComparison.Ordinal))
            .Select(file => file.Path));
    }

    [Theory]
    [InlineData("Losses")]
    [InlineData("Optimizers")]
    public void Every_loss_and_optimizer_has_its_tests(string folder)
    {
        string[] concrete =
        [
            .. typeof(MLModel).Assembly.GetTypes()
                .Where(type => type.Namespace == $"Attune.{folder}" && type is { IsAbstract: false, IsNested: false })
                .Select(type => $"tests/Attune.Tests/{folder}/{type.Name}Tests.cs"),
        ];

        Assert.NotEmpty(concrete);
        Assert.DoesNotContain(concrete, path => !File.Exists(Repository.Place(path)));
    }
}
