using Attune.Arrays;
using Attune.Graph;
using Attune.Layers;
using Attune.Runtime;

namespace Attune.Tests.Graph;

public class PlanTests
{
    private static readonly Shape Image = Shape.Of(1, 2, 4, 4);

    [Fact]
    public void Shared_buffers_give_the_same_as_buffers_of_their_own()
    {
        Network network = Branching();
        float[] kept = Run(network, keepsAll: true);

        Assert.Equal(kept, Run(network, keepsAll: false));
    }

    [Fact]
    public void A_plan_that_keeps_nothing_takes_less_memory()
    {
        var sharing = new BufferPlan();
        long first = sharing.Take(100);
        sharing.Take(50);
        sharing.Release(first, 100);

        Assert.Equal(first, sharing.Take(90));
        Assert.Equal(112 + 64, sharing.Size);   // 100 and 50 elements, rounded up to 16s
    }

    [Fact]
    public void Neighbouring_gaps_become_one()
    {
        var plan = new BufferPlan();
        long a = plan.Take(16);
        long b = plan.Take(16);
        long c = plan.Take(16);
        plan.Take(16);
        plan.Release(a, 16);
        plan.Release(c, 16);
        plan.Release(b, 16);

        Assert.Equal(a, plan.Take(48));
    }

    [Fact]
    public void A_run_gives_the_same_for_few_samples_as_for_many()
    {
        Network network = Branching();
        var plan = new Plan<float>(network, ParameterSet<float>.Initial([]), [Image], 4, Workers.Single);
        Fill(plan.Input(0, 4));
        plan.Run(4);
        float[] third = plan.Output(0, 4).Slice(2 * 32, 32).ToArray();
        float[] input = plan.Input(0, 4).Slice(2 * 32, 32).ToArray();

        input.CopyTo(plan.Input(0, 1));
        plan.Run(1);

        Assert.Equal(third, plan.Output(0, 1).ToArray());
    }

    [Fact]
    public void Nothing_is_allocated_once_running()
    {
        Network network = Branching();
        var plan = new Plan<float>(network, ParameterSet<float>.Initial([]), [Image], 2, Workers.Single);

        Assert.Equal(0, Allocations.Of(() => plan.Run(2), warmUp: 40));
    }

    [Fact]
    public void A_plan_that_would_not_fit_memory_is_refused()
    {
        Network network = Branching();

        var error = Assert.Throws<MLModelNotSupportedException>(() => new Plan<float>(
            network, ParameterSet<float>.Initial([]), [Shape.Of(1, 2, 10_000, 10_000)], 100_000, Workers.Single));

        Assert.Contains("Give it smaller inputs or fewer samples at a time.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_that_ends_before_the_input_does_not_take_its_place()
    {
        // x is read again after the step that could have written over it: (x + 1) · x
        var x = new Value("x");
        var sum = new Value("sum");
        var product = new Value("product");
        var network = new Network(
            [x],
            [
                new Node(new Add("sum", "add", 1), [x], [sum]),
                new Node(new Multiply("product", "multiply", 1), [sum, x], [product]),
            ],
            [product]);
        var plan = new Plan<float>(network, ParameterSet<float>.Initial([]), [Shape.Of(2)], 1, Workers.Single);
        new float[] { 2, 3 }.CopyTo(plan.Input(0, 1));

        plan.Run(1);
        plan.Run(1);

        Assert.Equal([6f, 12f], plan.Output(0, 1).ToArray());   // 3·2, 4·3; twice, so the input is intact
    }

    // x → a = x + 1 → b = 2a → c = b + a; d = relu(c); out = d · b, with an unused branch beside it
    private static Network Branching()
    {
        Value x = new("x"), a = new("a"), b = new("b"), c = new("c"), d = new("d");
        Value unused = new("unused"), y = new("y");
        return new Network(
            [x],
            [
                new Node(new Add("a", "add", 1), [x], [a]),
                new Node(new Multiply("b", "multiply", 2), [a], [b]),
                new Node(new Softmax("unused", "softmax", -3), [a], [unused]),
                new Node(new Add("c", "add", 0), [b, a], [c]),
                new Node(new Activation("d", Attune.Kernels.ActivationKind.ReLU), [c], [d]),
                new Node(new Multiply("y", "multiply", 1), [d, b], [y]),
            ],
            [y]);
    }

    private static float[] Run(Network network, bool keepsAll)
    {
        var plan = new Plan<float>(network, ParameterSet<float>.Initial([]), [Image], 3, Workers.Single, keepsAll);
        Fill(plan.Input(0, 3));
        plan.Run(3);
        return plan.Output(0, 3).ToArray();
    }

    private static void Fill(Span<float> values)
    {
        var random = new RandomStream(5);
        foreach (ref float value in values)
            value = (float)random.NextGaussian();
    }
}
