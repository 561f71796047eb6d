namespace Attune.Tests.Format.Validation;

public sealed class RealModelTests
{
    [SkippableFact]
    public void Models_of_others_keep_Core_MLs_rules()
    {
        string folder = SharedFolder.Require("real-models");
        string[] files = Directory.GetFiles(folder, "*.mlmodel", SearchOption.AllDirectories);
        Assert.NotEmpty(files);

        foreach (string file in files)
            Assert.DoesNotContain(
                MLModelValidator.Validate(file, MLValidationProfile.CoreML),
                finding => finding.Severity == MLFindingSeverity.Error);
    }
}
