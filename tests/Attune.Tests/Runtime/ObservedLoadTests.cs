using System.Diagnostics;
using System.Diagnostics.Tracing;

namespace Attune.Tests.Runtime;

[Collection(nameof(Observing))]
public sealed class ObservedLoadTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_model_from_a_file_has_the_files_name()
    {
        string path = Path.Combine(folder, "Line.mlmodel");
        TestModels.Load(TestModels.Line()).Write(path);
        using var seen = new Observer();
        using var request = new Activity("request").Start();

        MLModel.Load(path);
        await MLModel.LoadAsync(path);

        Assert.Equal(2, seen.Activities.Count);
        Assert.All(seen.Activities, activity =>
        {
            Assert.Equal("attune.load", activity.OperationName);
            Assert.Equal(request.SpanId, activity.ParentSpanId);
            Assert.Equal(
                $"attune.model.name=Line attune.model.path={path} attune.model.type=NeuralNetwork",
                Observer.Text(activity.TagObjects));
        });
        Assert.Equal(
            ["attune.model.name=Line", "attune.model.name=Line"],
            seen.Of("attune.load.duration").Select(one => one.Tags));
        Assert.All(seen.Events, written =>
        {
            Assert.Equal(("ModelLoaded", EventLevel.Informational), (written.EventName, written.Level));
            Assert.Equal(["Line", "NeuralNetwork", path], written.Payload!.Take(3));
        });
    }

    [Fact]
    public void A_name_of_the_configuration_comes_first()
    {
        string path = Path.Combine(folder, "Line.mlmodelc");
        TestModels.Load(TestModels.Line()).Write(path);
        using var seen = new Observer();

        MLModel.Load(path, new MLModelConfiguration { ModelDisplayName = "mine" });
        MLModel.Load(path);

        Assert.Equal(["mine", "Line"], seen.Activities.Select(one => one.GetTagItem("attune.model.name")));
    }

    [Fact]
    public void A_file_that_is_no_model_is_told_with_its_path_and_its_fault()
    {
        string path = Path.Combine(folder, "Notes.mlmodel");
        File.WriteAllText(path, "This is no model.");
        using var seen = new Observer();

        var thrown = Assert.Throws<MLModelFormatException>(() => MLModel.Load(path));

        Activity activity = Assert.Single(seen.Activities);
        Assert.Equal((ActivityStatusCode.Error, thrown.Message), (activity.Status, activity.StatusDescription));
        Assert.Equal(
            "attune.model.name=Notes error.type=Attune.MLModelFormatException",
            Assert.Single(seen.Of("attune.load.duration")).Tags);
        EventWrittenEventArgs written = Assert.Single(seen.Events);
        Assert.Equal(("ModelNotLoaded", EventLevel.Error), (written.EventName, written.Level));
        Assert.Equal(["Notes", path, "Attune.MLModelFormatException", thrown.Message], written.Payload!);
    }

    [Fact]
    public void A_model_from_memory_or_a_stream_has_no_path()
    {
        string path = Path.Combine(folder, "Line.mlmodel");
        TestModels.Load(TestModels.Line()).Write(path);
        byte[] bytes = File.ReadAllBytes(path);
        using var seen = new Observer();

        MLModel.Load(bytes);
        MLModel.Load(new MemoryStream(bytes));

        Assert.Equal(
            ["attune.model.type=NeuralNetwork", "attune.model.type=NeuralNetwork"],
            seen.Activities.Select(activity => Observer.Text(activity.TagObjects)));
    }
}
