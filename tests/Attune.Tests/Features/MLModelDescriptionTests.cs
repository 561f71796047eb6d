namespace Attune.Tests.Features;

public sealed class MLModelDescriptionTests
{
    [Fact]
    public void Descriptions_keep_the_order_of_the_file()
    {
        string[] names = ["z", "a", "m"];

        var byName = MLModelDescription.ByName(
            names.Select(name => new MLFeatureDescription(name, MLFeatureType.Int64)));

        Assert.Equal(names, byName.Keys);
        Assert.Equal("m", byName["m"].Name);
    }

    [Fact]
    public void Two_features_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => MLModelDescription.ByName(
            [new MLFeatureDescription("x", MLFeatureType.Int64), new MLFeatureDescription("x", MLFeatureType.Double)]));

    [Fact]
    public void What_a_model_does_not_say_is_empty()
    {
        var description = new MLModelDescription();

        Assert.Empty(description.TrainingInputDescriptionsByName);
        Assert.Empty(description.ParameterDescriptionsByKey);
        Assert.Null(description.ClassLabels);
        Assert.Equal("", description.Metadata.Author);
    }
}
