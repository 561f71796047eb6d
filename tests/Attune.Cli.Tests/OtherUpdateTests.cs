using Attune.Authoring;

namespace Attune.Cli.Tests;

/// <summary>Updates of models that are no networks, or hold one at their end.</summary>
public sealed class OtherUpdateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Nearest_neighbours_take_samples_in()
    {
        string model = folder.Place("Near.mlmodel"), mine = folder.Place("Mine.mlmodel");
        new NearestNeighborsBuilder("point", dimensions: 2, defaultLabel: "nothing").Save(model);
        string data = folder.Write("data.csv", "point[0],point[1],label\n0,0,near\n0,1,near\n9,9,far\n9,8,far\n");

        Ran ran = await Ran.Done(
            "update", model, "--data", data, "--out", mine, "--report", folder.Place("page.html"), "--json");

        Assert.Equal(4, ran.Json.GetProperty("samples").GetInt32());
        Assert.Equal(1, ran.Json.GetProperty("after").GetProperty("accuracy").GetDouble());
        (await Ran.Done("predict", mine, folder.Write("x.csv", "8,8\n"))).Shows("far");
        (await Ran.Done("update", model, "--data", data, "--out", mine)).Shows("Wrote");
    }

    [Fact]
    public async Task The_last_network_of_a_pipeline_learns()
    {
        string model = folder.Place("Pipeline.mlmodel"), mine = folder.Place("Mine.mlmodel");
        MLModel first = new NetworkBuilder()
            .AddArrayInput("raw", [2])
            .InnerProduct("x", 2, Initializer.Of([1, 0, 0, 1]), Initializer.Zeros)
            .AddOutput("x")
            .Build();
        new PipelineBuilder().Add(first).Add(Models.LearningLine().Build()).Save(model);
        string data = folder.Write("data.csv", "raw[0],raw[1],line_true\n0,0,1\n1,0,3\n0,1,4\n1,1,6\n");

        Ran ran = await Ran.Done("update", model, "--data", data, "--out", mine, "--epochs", "500", "--json");

        Assert.Equal(500, ran.Json.GetProperty("epochs").GetArrayLength());
        Ran predicted = await Ran.Done("predict", mine, folder.Write("x.csv", "2,2\n"), "--json");
        Assert.Equal(
            11, predicted.Json.GetProperty("samples")[0].GetProperty("outputs").GetProperty("line")[0].GetDouble(),
            0.05);
    }
}
