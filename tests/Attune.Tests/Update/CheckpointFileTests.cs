using System.Security.Cryptography;
using Attune.Update;

namespace Attune.Tests.Update;

/// <summary>Files that are whole by their hash, and make no sense inside: somebody made them.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public static TheoryData<string, byte[]> Senseless => new()
    {
        { "settings of less than no bytes", [0xff, 0xff, 0xff, 0xff] },
        { "settings of two billion bytes", [0xff, 0xff, 0xff, 0x7f] },
        { "settings longer than the file", [200, 0, 0, 0, 1, 2, 3] },
        { "a name of less than no letters", [5, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f] },
        { "a name of two billion letters", [5, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x07] },
        { "a name without a value", [2, 0, 0, 0, 1, (byte)'a'] },
        { "a name twice", [8, 0, 0, 0, 1, (byte)'a', 1, (byte)'b', 1, (byte)'a', 1, (byte)'b'] },
        { "more than is read", [4, 0, 0, 0, 1, (byte)'a', 1, (byte)'b', 7, 7] },
    };

    [Theory, MemberData(nameof(Senseless))]
    public void What_makes_no_sense_is_refused_as_damaged(string what, byte[] content)
    {
        Forge(content);

        var error = Assert.Throws<MLModelFormatException>(() => Of(("a", "b")).TryRead(_ => { }));

        Assert.True(error.Message.Contains("damaged", StringComparison.Ordinal), what);
    }

    [Fact]
    public void Settings_that_differ_are_named_in_short()
    {
        Of([.. Enumerable.Range(0, 20).Select(i => ($"setting {i}", new string('x', 10_000)))]).Write(_ => { });

        var error = Assert.Throws<ArgumentException>(() => Of(("a", "b")).TryRead(_ => { }));

        Assert.Contains("'a' is b instead of none", error.Message, StringComparison.Ordinal);
        Assert.Contains("and 13 more", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 3_000);
    }

    [Fact]
    public void Settings_too_long_to_keep_are_refused_and_nothing_is_written()
    {
        CheckpointFile file = Of(("data", new string('x', 2_000_000)));

        Assert.Throws<ArgumentException>(() => file.Write(_ => { }));

        Assert.False(File.Exists(path));
    }

    public void Dispose() => File.Delete(path);

    private CheckpointFile Of(params (string Name, string Value)[] settings) =>
        new(path, settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    private void Forge(byte[] content) =>
        File.WriteAllBytes(path, [.. "ATTUNE2\n"u8, .. content, .. SHA256.HashData(content)]);
}
