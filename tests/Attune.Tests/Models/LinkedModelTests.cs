using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Tests.Models;

public sealed class LinkedModelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_pipeline_learns_behind_an_extractor_in_another_file()
    {
        Save(NeighborModels.Line2(), "Extractor.mlmodel");
        Model last = NeighborModels.Classifier(2);
        NeighborModels.Rename(last.Description.Input[0], "embedding");
        NeighborModels.Rename(last.Description.TrainingInput[0], "embedding");
        Model link = Link("Extractor.mlmodelc", "");
        string path = Save(NeighborModels.Pipeline(
            new() { PipelineClassifier = new() { Pipeline = new() { Models = { link, last } } } }, link, last));

        MLModel learnt = await NeighborModels.Update(MLModel.Load(path), NeighborModels.Samples(("one", [1, 0])));
        learnt.Write(path);

        Assert.Equal([2f, 0], MLModel.Load(path).NearestNeighbors!.Samples[0].Values.ToArray());
        Assert.Equal("one", NeighborModels.LabelOf(MLModel.Load(path), 1, 0));
        Assert.Throws<MLModelNotSupportedException>(() => new MLUpdateTask(
            MLModel.Load(Save(link, "Link.mlmodel")), NeighborModels.Samples(("one", [1, 0]))));
    }

    [Theory]
    [InlineData(".mlmodel", "")]
    [InlineData(".mlmodelc", ".")]
    [InlineData(".mlpackage", "nowhere:$BUNDLE_MAIN")]
    [InlineData(".mlmodel", "$BUNDLE_IDENTIFIER(com.example.app)/.")]
    public void A_link_finds_the_forms_of_a_model_on_its_search_path(string extension, string searchPath)
    {
        TestModels.Load(NeighborModels.Line2()).Write(Path.Combine(folder, "Extractor" + extension));

        MLModel model = MLModel.Load(Save(Link("Extractor.mlmodelc", searchPath)));

        Assert.Equal(6, Embedding(model, 3));
    }

    [Fact]
    public void The_application_names_folders_and_other_files()
    {
        string shared = Directory.CreateDirectory(Path.Combine(folder, "shared")).FullName;
        string own = Directory.CreateDirectory(Path.Combine(folder, "own")).FullName;
        TestModels.Load(NeighborModels.Line2()).Write(Path.Combine(shared, "Other.mlmodel"));
        string path = Save(Link("Missing.mlmodel", ""), "own/Link.mlmodel");

        MLModel model = MLModel.Load(path, new MLModelConfiguration
        {
            LinkedModelFolders = [shared],
            Parameters = { [MLParameterKey.LinkedModelFileName] = "Other.mlmodel" },
        });

        Assert.Equal(6, Embedding(model, 3));
        Assert.Throws<MLModelNotSupportedException>(() => Embedding(MLModel.Load(path), 3));
        Assert.Empty(Directory.GetFiles(own, "Other*"));
    }

    [Theory]
    [InlineData("../Extractor.mlmodel", "")]
    [InlineData("/etc/Extractor.mlmodel", "")]
    [InlineData("inner/../../Extractor.mlmodel", "")]
    [InlineData("Extractor.mlmodel", "..")]
    [InlineData("Extractor.mlmodel", "/")]
    [InlineData("Extractor.mlmodel", "$BUNDLE_MAIN/../..")]
    [InlineData("", "")]
    public void A_link_that_leads_out_of_the_folders_is_refused(string name, string searchPath)
    {
        string inner = Directory.CreateDirectory(Path.Combine(folder, "inner")).FullName;
        TestModels.Load(NeighborModels.Line2()).Write(Path.Combine(folder, "Extractor.mlmodel"));

        Assert.Throws<MLModelFormatException>(
            () => MLModel.Load(Save(Link(name, searchPath), Path.Combine(inner, "Link.mlmodel"))));
    }

    [Fact]
    public void A_symbolic_link_is_not_followed()
    {
        string inner = Directory.CreateDirectory(Path.Combine(folder, "inner")).FullName;
        string real = Save(NeighborModels.Line2(), "Extractor.mlmodel");
        File.CreateSymbolicLink(Path.Combine(inner, "Extractor.mlmodel"), real);

        Assert.Throws<MLModelFormatException>(
            () => MLModel.Load(Save(Link("Extractor.mlmodel", ""), "inner/Link.mlmodel")));
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        Save(Link("Second.mlmodel", ""), "First.mlmodel");
        string path = Save(Link("First.mlmodel", ""), "Second.mlmodel");

        Assert.Throws<MLModelFormatException>(() => MLModel.Load(path));
    }

    [Fact]
    public void A_model_with_another_interface_is_refused()
    {
        Save(TestModels.Line(), "Extractor.mlmodel");

        Assert.Throws<MLModelFormatException>(() => MLModel.Load(Save(Link("Extractor.mlmodel", ""))));
    }

    [Fact]
    public void A_link_from_memory_has_no_folder()
    {
        MLModel model = TestModels.Load(Link("Extractor.mlmodel", ""));

        Assert.Throws<MLModelNotSupportedException>(() => Embedding(model, 3));
    }

    private static double Embedding(MLModel model, float x) =>
        model.Prediction(NeighborModels.Point(x, 0)).GetFeatureValue("embedding")!.MultiArrayValue![0];

    private static Model Link(string name, string searchPath) => new()
    {
        SpecificationVersion = 4,
        Description = NeighborModels.Line2().Description,
        LinkedModel = new()
        {
            LinkedModelFile = new()
            {
                LinkedModelFileName = new() { DefaultValue = name },
                LinkedModelSearchPath = new() { DefaultValue = searchPath },
            },
        },
    };

    private string Save(Model model, string name = "Model.mlmodel")
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }
}
