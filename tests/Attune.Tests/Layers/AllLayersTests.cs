using System.Reflection;
using Attune.Graph;
using Attune.Layers;
using Attune.Runtime;
using Field = Attune.Format.Specification.NeuralNetworkLayer.LayerOneofCase;

namespace Attune.Tests.Layers;

/// <summary>What holds for every layer.</summary>
public class AllLayersTests
{
    public static TheoryData<string> Cases => [.. LayerCases.All.Keys];

    [Theory, MemberData(nameof(Cases))]
    public void Gradient_matches_finite_differences(string name)
    {
        LayerCase layer = LayerCases.All[name]();
        if (!layer.Layer.HasGradient)
            return;

        GradientCheck.Of(layer.Layer, batch: 2, layer.Inputs, layer.Away);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Float_agrees_with_double(string name)
    {
        LayerCase layer = LayerCases.All[name]();
        const int Batch = 3;
        Plan<float> single = Specified.Plan<float>(layer.Layer, Batch, layer.Inputs);
        Plan<double> wide = Specified.Plan<double>(layer.Layer, Batch, layer.Inputs);
        Fill(single, wide, Batch, layer);

        single.Run(Batch);
        wide.Run(Batch);

        // float32, sums of up to 72 terms of size 1, and functions with slopes of some tens: 1e-5
        ReadOnlySpan<float> actual = single.Output(0, Batch);
        ReadOnlySpan<double> expected = wide.Output(0, Batch);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, Math.Abs(expected[i])),
                $"Element {i}: double gives {expected[i]}, float {actual[i]}.");
    }

    [Theory, MemberData(nameof(Cases))]
    public void Nothing_is_allocated_once_running(string name)
    {
        LayerCase layer = LayerCases.All[name]();
        Plan<float> forward = Specified.Plan<float>(layer.Layer, 2, layer.Inputs);
        for (int i = 0; i < layer.Inputs.Length; i++)
            foreach (ref float x in forward.Input(i, 2))
                x = (float)(layer.Away ?? (same => same))(0.75);
        Value output = forward.Nodes[0].Outputs[0];
        BackwardPlan<float>? backward = layer.Layer.HasGradient
            ? new BackwardPlan<float>(
                forward, output, layer.Layer.Parameters.ToHashSet(), null, forward.Nodes[0].Inputs)
            : null;
        void Step()
        {
            forward.Run(2);
            backward?.Clear();
            backward?.Run(2);
        }

        Assert.Equal(0, Allocations.Of(Step, warmUp: 40));
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_layer_that_runs_in_place_gives_the_same_there(string name)
    {
        LayerCase layer = LayerCases.All[name]();
        if (!layer.Layer.RunsInPlace)
            return;
        Plan<float> apart = Specified.Plan<float>(layer.Layer, 2, layer.Inputs);
        Fill(apart, Specified.Plan<double>(layer.Layer, 2, layer.Inputs), 2, layer);
        apart.Run(2);

        var place = new TensorBuffer<float>(layer.Inputs[0]);
        var target = new TensorBuffer<float>(apart.OutputShape(0));
        float[] memory = apart.Input(0, 2).ToArray();
        place.Place(memory);
        target.Place(memory);
        ParameterSet<float> parameters = ParameterSet<float>.Initial(layer.Layer.Parameters);
        var run = new LayerRun<float>(
            layer.Layer, [place], [target], [.. layer.Layer.Parameters.Select(parameter => parameters[parameter])],
            Workers.Single);
        run.Forward(2);

        Assert.Equal(apart.Output(0, 2).ToArray(), memory);
    }

    [Fact]
    public void Every_layer_has_a_case()
    {
        HashSet<Type> covered = [.. LayerCases.All.Values.Select(make => make().Layer.GetType())];

        Assert.Empty(Types().Where(type => !covered.Contains(type)).Select(type => type.Name));
    }

    [Fact]
    public void Every_layer_that_is_read_from_a_file_is_in_the_catalogue()
    {
        FieldInfo field = typeof(LayerCatalogue).GetField("Readers", BindingFlags.NonPublic | BindingFlags.Static)!;
        var readers = (IEnumerable<KeyValuePair<Field, Func<LayerSource, Layer>>>)field.GetValue(null)!;
        HashSet<Type> known = [.. readers.Select(reader => reader.Value.Method.DeclaringType!)];

        IEnumerable<Type> missing = Types()
            .Where(type => type.GetMethod("Read", [typeof(LayerSource)]) is not null && !known.Contains(type));

        Assert.Empty(missing.Select(type => type.Name));
    }

    private static IEnumerable<Type> Types() =>
        typeof(Layer).Assembly.GetTypes().Where(
            type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && type.Namespace == "Attune.Layers");

    private static void Fill(Plan<float> single, Plan<double> wide, int batch, LayerCase layer)
    {
        var random = new RandomStream(3);
        for (int i = 0; i < layer.Inputs.Length; i++)
            for (int j = 0; j < single.Input(i, batch).Length; j++)
            {
                double value = random.NextGaussian();
                float x = (float)(layer.Away ?? (same => same))(value);
                single.Input(i, batch)[j] = x;
                wide.Input(i, batch)[j] = x;
            }
    }
}
