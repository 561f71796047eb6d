using Attune.Arrays;
using Attune.Graph;
using Attune.Kernels;
using Attune.Layers;
using Attune.Runtime;
using Activation = Attune.Layers.Activation;

namespace Attune.Tests.Graph;

public class BackwardPlanTests
{
    [Fact]
    public void A_joined_rectifier_lets_gradients_through_where_its_output_is_above_zero()
    {
        Value x = new("x"), between = new("between"), y = new("y");
        var network = new Network(
            [x], [new Node(Doubling(), [x], [between]), new Node(Rectifier(), [between], [y])], [y]);
        Plan<double> forward = Forward(network);
        var backward = new BackwardPlan<double>(forward, y, new HashSet<Parameter>(), null, x);

        new double[] { 3, -1, 0 }.CopyTo(forward.Input(0, 1));
        forward.Run(1);
        backward.Clear();
        new double[] { 10, 20, 30 }.CopyTo(backward.Seed(1));
        backward.Run(1);

        Assert.Single(forward.Nodes);
        Assert.Equal([6, 0, 0], forward.Output(0, 1).ToArray()); // max(0, 2x)
        Assert.Equal([20, 0, 0], backward.GradientOf(x, 1).ToArray()); // 2·10; the others are not above 0
    }

    [Fact]
    public void What_two_layers_say_of_one_value_is_added_and_nothing_is_left_of_the_run_before()
    {
        Value x = new("x"), a = new("a"), b = new("b"), y = new("y");
        var network = new Network(
            [x],
            [
                new Node(Doubling(), [x], [a]),
                new Node(Rectifier(), [x], [b]),
                new Node(new Add("sum", "add", alpha: 0), [a, b], [y]),
            ],
            [y]);
        Plan<double> forward = Forward(network);
        var backward = new BackwardPlan<double>(forward, y, new HashSet<Parameter>(), null, x);
        new double[] { 3, -1, 4 }.CopyTo(forward.Input(0, 1));
        forward.Run(1);

        for (int run = 0; run < 2; run++)
        {
            backward.Clear();
            new double[] { 1, 1, 10 }.CopyTo(backward.Seed(1));
            backward.Run(1);

            Assert.Equal([3, 2, 30], backward.GradientOf(x, 1).ToArray()); // 2 + 1, 2 + 0, 10·(2 + 1)
        }
    }

    [Fact]
    public void An_input_that_the_seed_does_not_depend_on_has_a_gradient_of_zero()
    {
        Value x = new("x"), other = new("other"), y = new("y"), unused = new("unused");
        var network = new Network(
            [x, other], [new Node(Doubling(), [x], [y]), new Node(Rectifier(), [other], [unused])], [y, unused]);
        var forward = new Plan<double>(
            network, ParameterSet<double>.Initial(network.Parameters), [Shape.Of(3), Shape.Of(3)], 1, Workers.Single,
            keepsAll: true);
        var backward = new BackwardPlan<double>(forward, y, new HashSet<Parameter>(), null, x, other);

        forward.Run(1);
        backward.Clear();
        new double[] { 1, 2, 3 }.CopyTo(backward.Seed(1));
        backward.Run(1);

        Assert.Equal([2, 4, 6], backward.GradientOf(x, 1).ToArray());
        Assert.Equal([0, 0, 0], backward.GradientOf(other, 1).ToArray());
    }

    /// <summary>y = 2x, by a matrix.</summary>
    private static InnerProduct Doubling() => new(
        "twice",
        new Parameter
        {
            Layer = "twice", Role = "weights", Shape = Shape.Of(3, 3),
            Initial = new float[] { 2, 0, 0, 0, 2, 0, 0, 0, 2 },
        },
        bias: null);

    private static Activation Rectifier() => new("relu", ActivationKind.ReLU);

    private static Plan<double> Forward(Network network) => new(
        network, ParameterSet<double>.Initial(network.Parameters), [Shape.Of(3)], 1, Workers.Single, keepsAll: true);
}
