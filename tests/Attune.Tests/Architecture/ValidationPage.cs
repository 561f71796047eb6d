using System.Text;
using Attune.Format.Validation;

namespace Attune.Tests.Architecture;

/// <summary>Writes docs/validation.md from the catalogue of rules.</summary>
internal static class ValidationPage
{
    private const string Head = """
        # Validation

        `MLModelValidator.Validate` checks a model against these rules and gives every place where it breaks one: an
        `MLFinding` with the rule's name, its severity, where in the file, what is wrong, and how to mend it. Loading
        checks the rules of the default profile and refuses a model with errors (`MLModelFormatException.Findings`);
        Attune.Authoring checks those of the profile that the draft asks for. Findings beyond the first thousand are not
        kept.

        Under `MLValidationProfile.CoreML` a model is judged as the validator of Apple's tools judges it. The default
        profile is more tolerant: the last column says why. This page is written by a test from the catalogue of rules
        (`ATTUNE_ACCEPT=1` writes it again).

        | rule | what it asks | default | Core ML | why they differ |
        |---|---|---|---|---|

        """;

    public static string Write()
    {
        var text = new StringBuilder(Head);
        foreach (ValidationRule rule in RuleCatalogue.All)
            text.Append(
                $"| `{rule.Id}` | {rule.Summary} | {Name(rule.Default)} | {Name(rule.CoreML)} | {rule.Reason} |\n");
        return text.ToString();
    }

    private static string Name(MLFindingSeverity? severity) => severity switch
    {
        MLFindingSeverity.Error => "error",
        MLFindingSeverity.Warning => "warning",
        _ => "–",
    };
}
