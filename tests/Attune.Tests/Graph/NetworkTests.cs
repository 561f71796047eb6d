using Attune.Arrays;
using Attune.Graph;
using Attune.Kernels;
using Attune.Layers;
using Attune.Runtime;

namespace Attune.Tests.Graph;

public class NetworkTests
{
    [Fact]
    public void A_value_that_is_used_before_it_is_made_is_refused()
    {
        Value x = new("x"), a = new("a"), b = new("b");

        var error = Assert.Throws<MLModelFormatException>(() => new Network(
            [x],
            [new Node(new Add("second", "add", 1), [a], [b]), new Node(new Add("first", "add", 1), [x], [a])],
            [b]));

        Assert.Equal(
            "Layer 'second' (add) takes 'a', which is neither an input of the network nor made by an earlier layer.",
            error.Message);
    }

    [Fact]
    public void An_output_that_no_layer_makes_is_refused()
    {
        var error = Assert.Throws<MLModelFormatException>(() => new Network([new Value("x")], [], [new Value("y")]));

        Assert.Equal("The network's output 'y' is made by no layer.", error.Message);
    }

    [Fact]
    public void Only_what_an_output_needs_is_among_its_ancestors()
    {
        Value x = new("x"), a = new("a"), b = new("b");
        var needed = new Node(new Add("needed", "add", 1), [x], [a]);
        var network = new Network([x], [needed, new Node(new Add("beside", "add", 1), [x], [b])], [a]);

        Assert.Equal([needed], network.Ancestors(network.Outputs));
    }

    [Fact]
    public void A_cut_separates_what_no_trainable_parameter_changes()
    {
        (Network network, Parameter weights, Value y) = Dense();

        NetworkCut cut = NetworkCut.At(network, y, new HashSet<Parameter> { weights });

        Assert.Equal(["before"], cut.Prefix.Nodes.Select(node => node.Layer.Name));
        Assert.Equal(["dense", "after"], cut.Suffix.Nodes.Select(node => node.Layer.Name));
        // The input itself is read by 'after', and 'dense' reads what 'before' made.
        Assert.Equal(["h", "x"], cut.Suffix.Inputs.Select(value => value.Name));
        Assert.Equal(cut.Prefix.Outputs, cut.Suffix.Inputs);
    }

    [Fact]
    public void A_cut_network_gives_the_same_as_the_whole_one()
    {
        (Network network, Parameter weights, Value y) = Dense();
        NetworkCut cut = NetworkCut.At(network, y, new HashSet<Parameter> { weights });
        ParameterSet<double> parameters = ParameterSet<double>.Initial([weights]);
        Shape shape = Shape.Of(2);
        double[] x = [1, -2];

        double[] whole = Run(network, parameters, [shape], [x])[0];
        double[][] boundary = Run(cut.Prefix, parameters, [shape], [x]);
        double[] parts = Run(cut.Suffix, parameters, [shape, shape], boundary)[0];

        Assert.Equal(whole, parts);
    }

    [Fact]
    public void A_value_that_is_used_twice_gets_the_sum_of_both_gradients()
    {
        // y = x·x + x, so dy/dx = 2x + 1
        Value x = new("x"), square = new("square"), y = new("y");
        var network = new Network(
            [x],
            [
                new Node(new Multiply("square", "multiply", 1), [x, x], [square]),
                new Node(new Add("y", "add", 0), [square, x], [y]),
            ],
            [y]);
        var forward = new Plan<double>(
            network, ParameterSet<double>.Initial([]), [Shape.Of(2)], 1, Workers.Single, keepsAll: true);
        var backward = new BackwardPlan<double>(forward, y, new HashSet<Parameter>(), null, x);
        new double[] { 3, -1 }.CopyTo(forward.Input(0, 1));
        forward.Run(1);
        backward.Clear();
        backward.Seed(1).Fill(1);
        backward.Run(1);

        Assert.Equal([7.0, -1.0], backward.GradientOf(x, 1).ToArray());   // 2·3+1, 2·(-1)+1
    }

    [Fact]
    public void A_backward_pass_visits_only_what_lies_between_parameter_and_seed()
    {
        (Network network, Parameter weights, Value y) = Dense();

        GradientPath path = GradientPath.Find(network.Nodes, y, new HashSet<Parameter> { weights }, []);

        Assert.Equal(["after", "dense"], path.Nodes.Select(node => node.Layer.Name).Order());
        Assert.Equal(["d", "y"], path.Values.Select(value => value.Name).Order());
    }

    // h = relu(x); d = W·h; y = d + x
    private static (Network Network, Parameter Weights, Value Output) Dense()
    {
        var weights = new Parameter
        {
            Layer = "dense", Role = "weights", Shape = Shape.Of(2, 2), Initial = new float[] { 1, 2, 3, 4 },
        };
        Value x = new("x"), h = new("h"), d = new("d"), y = new("y");
        return (
            new Network(
                [x],
                [
                    new Node(new Activation("before", ActivationKind.ReLU), [x], [h]),
                    new Node(new InnerProduct("dense", weights, null), [h], [d]),
                    new Node(new Add("after", "add", 0), [d, x], [y]),
                ],
                [y]),
            weights,
            y);
    }

    private static double[][] Run(Network network, ParameterSet<double> parameters, Shape[] shapes, double[][] inputs)
    {
        var plan = new Plan<double>(network, parameters, shapes, 1, Workers.Single);
        for (int i = 0; i < inputs.Length; i++)
            inputs[i].CopyTo(plan.Input(i, 1));
        plan.Run(1);
        return [.. network.Outputs.Select((_, i) => plan.Output(i, 1).ToArray())];
    }
}
