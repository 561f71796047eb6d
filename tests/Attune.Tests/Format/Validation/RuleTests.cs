using Attune.Format;
using Attune.Format.Specification;
using Attune.Format.Validation;
using Attune.Tests.Format.Validation.Breaches;
using Google.Protobuf;

namespace Attune.Tests.Format.Validation;

/// <summary>Each rule is broken by a model that is right otherwise, and found.</summary>
public sealed class RuleTests
{
    // The first is broken by bytes that are no model, the other by the question that is asked of one.
    private const string Damaged = "file.damaged";
    private const string OtherType = "model.type.other";

    public static TheoryData<string> Broken => [.. BreachTable.All.Select(breach => breach.Rule)];

    [Fact]
    public void Every_rule_of_the_catalogue_is_broken_here_once() => Assert.Equal(
        RuleCatalogue.All.Select(rule => rule.Id).Order(),
        BreachTable.All.Select(breach => breach.Rule).Concat([Damaged, OtherType]).Order());

    [Theory]
    [MemberData(nameof(Broken))]
    public void It_is_found_where_it_is_broken_and_nowhere_else(string id)
    {
        ValidationRule rule = RuleCatalogue.All.Single(rule => rule.Id == id);
        Breach breach = BreachTable.All.Single(breach => breach.Rule == id);

        foreach (MLValidationProfile profile in Enum.GetValues<MLValidationProfile>())
        {
            Assert.Empty(Validate(breach.Good(), profile));
            IReadOnlyList<MLFinding> findings = Validate(breach.Spoiled(), profile);
            Assert.Equal(
                rule.Under(profile) is { } severity ? [severity] : [],
                findings.Where(finding => finding.Rule == id).Select(finding => finding.Severity).Distinct());
        }
    }

    [Fact]
    public void Bytes_that_are_no_model_are_found_damaged() =>
        Assert.Equal(Damaged, Assert.Single(MLModelValidator.Validate(new byte[] { 0xff })).Rule);

    [Fact]
    public void A_model_taken_for_one_of_another_type_is_found_to_be_none()
    {
        Model model = Breaches.Models.Identity();

        IReadOnlyList<MLFinding> findings = ModelValidation.CheckType(
            model, ModelDocument.Of(model), Model.TypeOneofCase.Scaler, MLValidationProfile.CoreML);

        Assert.Equal(OtherType, Assert.Single(findings).Rule);
    }

    private static IReadOnlyList<MLFinding> Validate(Model model, MLValidationProfile profile) =>
        MLModelValidator.Validate(model.ToByteArray(), profile);
}
