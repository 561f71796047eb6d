using Attune.Format.Validation;

namespace Attune.Tests.Architecture;

public sealed class ValidationPageTests
{
    [Fact]
    public void The_page_of_rules_is_as_the_code_is() =>
        Repository.RequireText("docs/validation.md", ValidationPage.Write());

    [Fact]
    public void Rules_have_names_of_their_own_in_one_form()
    {
        Assert.Empty(RuleCatalogue.All.CountBy(rule => rule.Id).Where(same => same.Value > 1).Select(same => same.Key));
        Assert.All(RuleCatalogue.All, rule => Assert.Matches("^[a-z0-9]+(\\.[a-z0-9]+)+$", rule.Id));
    }

    [Fact]
    public void Rules_speak_in_sentences()
    {
        Assert.All(RuleCatalogue.All, rule => Assert.EndsWith(".", rule.Summary, StringComparison.Ordinal));
        Assert.All(RuleCatalogue.All, rule => Assert.EndsWith(".", rule.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void Profiles_that_differ_say_why()
    {
        Assert.All(RuleCatalogue.All, rule => Assert.Equal(rule.Default != rule.CoreML, rule.Reason.Length > 0));
    }
}
