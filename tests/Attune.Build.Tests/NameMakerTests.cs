namespace Attune.Build.Tests;

public sealed class NameMakerTests
{
    [Theory]
    [InlineData("image", "Image", "image")]
    [InlineData("Image", "Image", "image")]
    [InlineData("digitProbabilities", "DigitProbabilities", "digitProbabilities")]
    [InlineData("URL", "URL", "url")]
    [InlineData("URLPath", "URLPath", "urlPath")]
    [InlineData("X", "X", "x")]
    [InlineData("class", "Class", "@class")]
    [InlineData("Event", "Event", "@event")]
    [InlineData("dense_2/Softmax:0", "Dense_2_Softmax_0", "dense_2_Softmax_0")]
    [InlineData("input image", "Input_image", "input_image")]
    [InlineData("  spaced  ", "Spaced", "spaced")]
    [InlineData("2nd", "_2nd", "_2nd")]
    [InlineData("été", "Été", "été")]
    [InlineData("数字", "数字", "数字")]
    [InlineData("a\nb", "A_b", "a_b")]
    [InlineData("*/ evil \"quote\"", "Evil_quote", "evil_quote")]
    [InlineData("🐱", "Feature", "feature")]
    [InlineData("", "Feature", "feature")]
    [InlineData("???", "Feature", "feature")]
    public void Names_become_identifiers(string name, string property, string parameter)
    {
        Assert.Equal(property, new NameMaker().Pascal(name, "Feature"));
        Assert.Equal(parameter, new NameMaker().Camel(name, "feature"));
    }

    [Fact]
    public void A_name_that_is_taken_gets_the_next_free_number()
    {
        var names = new NameMaker("Model");

        Assert.Equal("Model2", names.Pascal("model", "Feature"));
        Assert.Equal("A_b", names.Pascal("a b", "Feature"));
        Assert.Equal("A_b2", names.Pascal("a-b", "Feature"));
        Assert.Equal("A_b3", names.Pascal("a_b3", "Feature"));
        Assert.Equal("A_b4", names.Pascal("a/b", "Feature"));
    }

    [Fact]
    public void Long_names_are_cut() =>
        Assert.True(new NameMaker().Pascal(new string('x', 5000), "Feature").Length < 300);

    [Fact]
    public void Characters_that_cannot_be_seen_do_not_get_into_names() =>
        Assert.Equal("A_b", new NameMaker().Pascal("a\u200B\u202Eb", "Feature"));

    [Theory]
    [InlineData("My.App", "My.App")]
    [InlineData("my-app", "my_app")]
    [InlineData("3d.new.Things", "_3d.@new.Things")]
    [InlineData(" A . . B ", "A.B")]
    [InlineData("", "")]
    public void Namespaces_are_cleaned_part_by_part(string text, string expected) =>
        Assert.Equal(expected, NameMaker.Namespace(text));
}
