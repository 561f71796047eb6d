using System.Diagnostics.CodeAnalysis;
using Attune.Format.Specification;

namespace Attune.Build.Tests;

public sealed class ModelInterfaceReaderTests
{
    [Fact]
    public void Tells_what_the_description_says()
    {
        ModelInterface model = Read(TestModel.Digits)!;

        Assert.Equal(["image"], model.Inputs.Select(feature => feature.Name));
        Assert.Equal(FeatureKind.Image, model.Inputs[0].Kind);
        Assert.Equal(new ImageInterface(28, 28, "OneComponent8"), model.Inputs[0].Image);
        Assert.Equal(
            [("digit", FeatureKind.String), ("digitProbabilities", FeatureKind.StringDictionary)],
            model.Outputs.Select(feature => (feature.Name, feature.Kind)));
        Assert.Equal(["image", "digit"], model.TrainingInputs.Select(feature => feature.Name));
        Assert.True(model.IsUpdatable);
        Assert.Equal("digit", model.PredictedFeatureName);
        Assert.Equal("A. Author", model.Author);
    }

    [Fact]
    public void Training_inputs_of_a_model_that_is_not_updatable_do_not_count()
    {
        ModelInterface model = Read(new TestModel { Description = TestModel.Digits.Description })!;

        Assert.False(model.IsUpdatable);
        Assert.Empty(model.TrainingInputs);
    }

    [Fact]
    public void Weights_are_not_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("Large.mlmodel", TestModel.Digits);
        Append(path, 1_500_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        ModelInterface? model = ModelInterfaceReader.Read(path, []);

        Assert.NotNull(model);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void The_default_function_describes_a_model_with_functions()
    {
        var description = new ModelDescription
        {
            DefaultFunctionName = "second",
            Functions =
            {
                new FunctionDescription { Name = "first", Input = { TestModel.Feature("a", TestModel.Words) } },
                new FunctionDescription
                {
                    Name = "second",
                    Input = { TestModel.Feature("b", TestModel.Words) },
                    Output = { TestModel.Feature("c", TestModel.Number) },
                    State = { TestModel.Feature("memory", new FeatureType { StateType = new() }) },
                },
            },
        };

        ModelInterface model = Read(new TestModel { Description = description })!;

        Assert.Equal(["b"], model.Inputs.Select(feature => feature.Name));
        Assert.Equal(["memory"], model.States);
    }

    [Fact]
    public void A_package_is_read_through_its_manifest()
    {
        using var folder = new TemporaryFolder();

        string package = folder.WritePackage("Digits.mlpackage", TestModel.Digits);

        ModelInterface? model = ModelInterfaceReader.Read(package, []);

        Assert.Equal("digit", model?.PredictedFeatureName);
    }

    [Fact]
    public void A_file_cut_at_any_place_is_reported_and_throws_nothing()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = TestModel.Digits.ToBytes();
        for (int length = 0; length < whole.Length - 2; length += length is < 20 or > 1000 ? 1 : 97)
        {
            var findings = new List<Diagnostic>();

            ModelInterface? model = ModelInterfaceReader.Read(folder.Write("Cut.mlmodel", whole[..length]), findings);

            Assert.Null(model);
            Assert.Contains(findings, finding => finding.Id is "ATTUNE002" or "ATTUNE004");
        }
    }

    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "The same bytes in every run; no secret.")]
    public void Changed_bytes_throw_nothing()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = new TestModel { Description = TestModel.Digits.Description, WeightBytes = 10 }.ToBytes();
        var random = new Random(1);
        for (int round = 0; round < 500; round++)
        {
            byte[] changed = [.. whole];
            for (int i = 0; i < 4; i++)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);

            (GeneratedClass? generated, IReadOnlyList<Diagnostic> findings) = Generated.Try(changed);

            Assert.True(generated is not null || findings.Count > 0);
        }
    }

    private static ModelInterface? Read(TestModel model)
    {
        using var folder = new TemporaryFolder();
        return ModelInterfaceReader.Read(folder.Write("Test.mlmodel", model), []);
    }

    /// <summary>A neural network of many zeros that take no room on disk.</summary>
    private static void Append(string path, long count)
    {
        using FileStream stream = new(path, FileMode.Append);
        stream.Write([0xA2, 0x1F]);   // field 500, length-delimited: 500 << 3 | 2 = 4002 = 0x1F << 7 | 0x22
        for (long rest = count; rest > 0; rest >>= 7)
            stream.WriteByte((byte)(rest > 127 ? rest & 127 | 128 : rest));
        long end = stream.Position + count;
        stream.Close();
        using FileStream whole = new(path, FileMode.Open, FileAccess.Write);
        whole.SetLength(end);
    }
}
