using System.Text.Json;

namespace Attune.Cli.Tests;

public sealed class BenchTests
{
    [Fact]
    public async Task Latency_throughput_and_every_layer_are_measured()
    {
        using var folder = new TemporaryFolder();

        JsonElement report = (await Ran.Done(
            "bench", Models.Digits().Save(folder), "--seconds", "0.05", "--batch", "4", "--profile", "--json")).Json;

        Assert.True(report.GetProperty("samplesPerSecond").GetDouble() > 0);
        JsonElement latency = report.GetProperty("latency");
        double median = latency.GetProperty("medianMilliseconds").GetDouble();
        Assert.True(latency.GetProperty("leastMilliseconds").GetDouble() <= median);
        JsonElement[] layers = [.. report.GetProperty("layers").EnumerateArray()];
        Assert.Contains(layers, layer => layer.GetProperty("layer").GetString() == "dense");
        Assert.Equal(1, layers.Sum(layer => layer.GetProperty("share").GetDouble()), 0.01);
    }
}
