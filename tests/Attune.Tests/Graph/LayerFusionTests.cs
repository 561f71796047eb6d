using Attune.Arrays;
using Attune.Graph;
using Attune.Kernels;
using Attune.Layers;
using Attune.Runtime;

namespace Attune.Tests.Graph;

public class LayerFusionTests
{
    private const int Channels = 12;
    private static readonly Shape Image = Shape.Of(1, Channels, 9, 7);

    private readonly Value x = new("x");
    private readonly Value convolved = new("convolved");
    private readonly Value normalised = new("normalised");
    private readonly Value scaled = new("scaled");
    private readonly Value y = new("y");

    [Fact]
    public void What_scales_channels_goes_into_the_weights_of_the_convolution_before_it()
    {
        Network network = Normalised(y);
        float[] whole = Run(network, keepsAll: true, out Plan<float> plain);

        float[] folded = Run(network, keepsAll: false, out Plan<float> plan);

        Assert.Equal(4, plain.Nodes.Count);
        Node only = Assert.Single(plan.Nodes);
        Assert.Equal(["norm", "scale"], only.Folded.Select(layer => layer.Name));
        Assert.True(only.Rectifies);
        Assert.Contains(0, folded);
        AssertClose(whole, folded);
    }

    [Fact]
    public void A_depthwise_convolution_folds_too()
    {
        Network network = Normalised(groups: Channels, y);

        float[] folded = Run(network, keepsAll: false, out Plan<float> plan);

        Assert.Single(plan.Nodes);
        AssertClose(Run(network, keepsAll: true, out _), folded);
    }

    [Fact]
    public void The_model_keeps_its_parameters()
    {
        Network network = Normalised(y);
        ParameterSet<float> parameters = ParameterSet<float>.Initial(network.Parameters);
        float[][] before = [.. network.Parameters.Select(parameter => parameters[parameter].ToArray())];

        new Plan<float>(network, parameters, [Image], 1, Workers.Single).Run(1);

        Assert.Equal(before, network.Parameters.Select(parameter => parameters[parameter].ToArray()));
    }

    [Fact]
    public void A_plan_with_other_numbers_of_a_folded_layer_does_not_get_the_old_weights()
    {
        Network network = Normalised(y);
        ParameterSet<float> parameters = ParameterSet<float>.Initial(network.Parameters);
        var plan = new Plan<float>(network, parameters, [Image], 1, Workers.Single);
        Parameter gamma = network.Parameters.Single(parameter => parameter.Role == "gamma");

        ParameterSet<float> changed = parameters.With(gamma, new float[Channels]);
        float[] flat = Run(new Plan<float>(network, changed, [Image], 1, Workers.Single));

        Assert.NotEqual(flat, Run(plan));
        Assert.All(flat, (value, i) => Assert.Equal(flat[i / 63 * 63], value));   // shifts alone: channels of 9·7
    }

    [Fact]
    public void A_value_that_somebody_else_reads_is_not_folded_away()
    {
        Network network = Normalised(y, convolved);

        float[] folded = Run(network, keepsAll: false, out Plan<float> plan);

        Assert.Equal(4, plan.Nodes.Count);
        Assert.Equal(Run(network, keepsAll: true, out _), folded);
    }

    [Fact]
    public void Nothing_is_folded_where_a_parameter_may_change()
    {
        Network network = Normalised(y);
        HashSet<Parameter> changing = [.. network.Parameters.Where(parameter => parameter.Layer == "norm")];

        var plan = new Plan<float>(
            network, ParameterSet<float>.Initial(network.Parameters), [Image], 1, Workers.Single, changing: changing);

        Assert.Equal(4, plan.Nodes.Count);
    }

    [Fact]
    public void What_depends_on_no_input_is_computed_once()
    {
        // y = x + (-c + 1), c from the file
        Value c = new("c"), negative = new("negative"), shifted = new("shifted");
        Parameter data = Numbers("c", "data", 1, Shape.Of(1, 1, 2, 2, 3));
        var network = new Network(
            [x],
            [
                new Node(new LoadConstant("c", "loadConstant", data, data.Shape), [], [c]),
                new Node(new Activation("negative", ActivationKind.Linear, -1, 0), [c], [negative]),
                new Node(new Add("shifted", "add", 1), [negative], [shifted]),
                new Node(new Add("y", "add", 0), [x, shifted], [y]),
            ],
            [y]);
        Plan<float> plan = new(
            network, ParameterSet<float>.Initial([data]), [data.Shape], 3, Workers.Single);
        plan.Input(0, 3).Fill(2);

        plan.Run(3);
        plan.Run(2);

        Assert.Single(plan.Nodes);
        float[] expected = [.. data.Initial.ToArray().Select(value => 2 + (1 - value))];
        Assert.Equal([.. expected, .. expected], plan.Output(0, 2).ToArray());
    }

    [Fact]
    public void Inputs_of_a_concat_are_made_in_their_places()
    {
        Network network = Joined();
        float[] whole = Run(network, keepsAll: true, out _);

        float[] joined = Run(network, keepsAll: false, out Plan<float> plan);

        Node concat = plan.Nodes.Single(node => node.Layer is Concat);
        Span<float> all = plan.BufferOf(concat.Outputs[0]).Samples(1);
        int start = 0;
        foreach (Value part in concat.Inputs.Take(2))
        {
            Assert.True(plan.BufferOf(part).Samples(1).Overlaps(all[start..], out int distance));
            Assert.Equal(0, distance);
            start += plan.BufferOf(part).Shape.Count;
        }
        Assert.False(plan.BufferOf(concat.Inputs[2]).Samples(1).Overlaps(all));   // the network's own input
        Assert.Equal(whole, joined);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_batch_taken_sample_by_sample_has_the_bits_of_single_runs(int threads)
    {
        Network network = Joined();
        ParameterSet<float> parameters = ParameterSet<float>.Initial(network.Parameters);
        var single = new Plan<float>(network, parameters, [Image], 1, Workers.For(threads));
        var batch = new Plan<float>(network, parameters, [Image], 5, Workers.For(threads));
        Fill(batch.Input(0, 5));

        batch.Run(5);

        Assert.IsType<SampleBySample<float>>(Assert.Single(batch.Nodes).Layer);
        for (int sample = 0; sample < 5; sample++)
        {
            int count = Image.Count;
            batch.Input(0, 5).Slice(sample * count, count).CopyTo(single.Input(0, 1));
            single.Run(1);
            int outputs = single.OutputShape(0).Count;
            Assert.Equal(
                single.Output(0, 1).ToArray(), batch.Output(0, 5).Slice(sample * outputs, outputs).ToArray());
        }
    }

    // relu(concat(conv(x), relu(conv(x)), x)), the second convolution by its own weights
    private Network Joined()
    {
        Value a = new("a"), b = new("b"), c = new("c"), all = new("all");
        return new Network(
            [x],
            [
                new Node(Convolution("first", 1, 1), [x], [a]),
                new Node(Convolution("second", 1, 2), [x], [b]),
                new Node(new Activation("relu", ActivationKind.ReLU), [b], [c]),
                new Node(new Concat("concat", "concat", -3), [a, c, x], [all]),
                new Node(new Activation("end", ActivationKind.ReLU), [all], [y]),
            ],
            [y]);
    }

    private Network Normalised(params Value[] outputs) => Normalised(1, outputs);

    // relu(scale(batchnorm(conv(x))))
    private Network Normalised(int groups, params Value[] outputs)
    {
        float[] mean = Numbers("norm", "mean", 6, Shape.Of(Channels)).Initial.ToArray();
        float[] variance = [.. mean.Select(value => 0.1f + value * value)];
        var norm = new BatchNorm(
            "norm", Numbers("norm", "gamma", 4, Shape.Of(Channels)), Numbers("norm", "beta", 5, Shape.Of(Channels)),
            mean, variance, 1e-3f);
        var scale = new Scale(
            "scale", Numbers("scale", "scale", 7, Shape.Of(1)), Shape.Of(1, 1, 1),
            Numbers("scale", "bias", 8, Shape.Of(Channels)), Shape.Of(Channels, 1, 1));
        return new Network(
            [x],
            [
                new Node(Convolution("conv", groups, 3), [x], [convolved]),
                new Node(norm, [convolved], [normalised]),
                new Node(scale, [normalised], [scaled]),
                new Node(new Activation("relu", ActivationKind.ReLU), [scaled], [y]),
            ],
            outputs);
    }

    private static Attune.Layers.Convolution Convolution(string name, int groups, long seed)
    {
        var axis = new WindowAxis(3, 1, 1, WindowPadding.Valid, 1, 1);
        return new Attune.Layers.Convolution(
            name, new Window(axis, axis), groups,
            Numbers(name, "weights", seed, Shape.Of(Channels, Channels / groups, 3, 3)),
            Numbers(name, "biases", seed + 10, Shape.Of(Channels)));
    }

    private static Parameter Numbers(string layer, string role, long seed, Shape shape)
    {
        var random = new RandomStream(seed);
        var values = new float[shape.Count];
        foreach (ref float value in values.AsSpan())
            value = (float)random.NextGaussian();
        return new Parameter { Layer = layer, Role = role, Shape = shape, Initial = values };
    }

    private static float[] Run(Network network, bool keepsAll, out Plan<float> plan)
    {
        plan = new Plan<float>(
            network, ParameterSet<float>.Initial(network.Parameters), [Image], 1, Workers.Single, keepsAll);
        return Run(plan);
    }

    private static float[] Run(Plan<float> plan)
    {
        Fill(plan.Input(0, 1));
        plan.Run(1);
        return plan.Output(0, 1).ToArray();
    }

    private static void Fill(Span<float> values)
    {
        var random = new RandomStream(5);
        foreach (ref float value in values)
            value = (float)random.NextGaussian();
    }

    // float32, sums of 108 terms scaled twice: 1e-5 of the largest value
    private static void AssertClose(float[] expected, float[] actual)
    {
        float most = expected.Max(Math.Abs);
        Assert.All(expected, (value, i) => Assert.InRange(actual[i], value - 1e-5f * most, value + 1e-5f * most));
    }
}
