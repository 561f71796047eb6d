using Attune.Arrays;
using Attune.Format.Specification;
using Gelu = Attune.Format.Specification.GeluLayerParams.Types.GeluMode;

namespace Attune.Tests.Layers;

/// <summary>
/// Cases of layers that are a function of each element, of pairs of elements, or of all along an axis.
/// </summary>
internal static class FunctionCases
{
    private static readonly Shape Whole = Shape.Of(2, 3, 4);

    public static void Add(Action<string, Func<double, double>, NeuralNetworkLayer, Shape[]> add)
    {
        AddFunctions(add);
        AddComparisons(add);
        AddReductions(add);
    }

    private static double Same(double x) => x;

    // Away from the whole numbers and the halves between them, where staircases jump.
    private static double BetweenSteps(double x) => Math.Floor(x) + 0.3;

    private static double WithinOne(double x) => 0.9 * Math.Tanh(x);

    private static double AboveOne(double x) => Math.Abs(x) + 1.5;

    private static double AwayFromZero(double x) => x + (x < 0 ? -0.3 : 0.3);

    private static void AddFunctions(Action<string, Func<double, double>, NeuralNetworkLayer, Shape[]> add)
    {
        add("ceil", BetweenSteps, new() { Ceil = new() }, [Whole]);
        add("floor", BetweenSteps, new() { Floor = new() }, [Whole]);
        add("round", BetweenSteps, new() { Round = new() }, [Whole]);
        add("sign", AwayFromZero, new() { Sign = new() }, [Whole]);
        add("exp2", Same, new() { Exp2 = new() }, [Whole]);
        add("erf", Same, new() { Erf = new() }, [Whole]);
        add("sin", Same, new() { Sin = new() }, [Whole]);
        add("cos", Same, new() { Cos = new() }, [Whole]);
        add("tan", WithinOne, new() { Tan = new() }, [Whole]);
        add("asin", WithinOne, new() { Asin = new() }, [Whole]);
        add("acos", WithinOne, new() { Acos = new() }, [Whole]);
        add("atan", Same, new() { Atan = new() }, [Whole]);
        add("sinh", WithinOne, new() { Sinh = new() }, [Whole]);
        add("cosh", WithinOne, new() { Cosh = new() }, [Whole]);
        add("tanh", Same, new() { Tanh = new() }, [Whole]);
        add("asinh", Same, new() { Asinh = new() }, [Whole]);
        add("acosh", AboveOne, new() { Acosh = new() }, [Whole]);
        add("atanh", WithinOne, new() { Atanh = new() }, [Whole]);
        foreach (Gelu mode in Enum.GetValues<Gelu>())
            add($"gelu {mode}", Same, new() { Gelu = new() { Mode = mode } }, [Whole]);
        add("clip", BetweenSteps, new() { Clip = new() { MinVal = -1, MaxVal = 1 } }, [Whole]);
        add("clampedReLU", BetweenSteps, new() { ClampedReLU = new() { Alpha = 0.5f, Beta = 1 } }, [Whole]);
    }

    private static void AddComparisons(Action<string, Func<double, double>, NeuralNetworkLayer, Shape[]> add)
    {
        Shape[] two = [Whole, Shape.Of(3, 1)];
        add("equal", BetweenSteps, new() { Equal = new() }, two);
        add("notEqual", BetweenSteps, new() { NotEqual = new() { Alpha = 0.3f } }, [Whole]);
        add("lessThan", Same, new() { LessThan = new() }, two);
        add("lessEqual", Same, new() { LessEqual = new() }, two);
        add("greaterThan", Same, new() { GreaterThan = new() { Alpha = 0.5f } }, [Whole]);
        add("greaterEqual", Same, new() { GreaterEqual = new() }, two);
        add("logicalAnd", Math.Floor, new() { LogicalAnd = new() }, two);
        add("logicalOr", Math.Floor, new() { LogicalOr = new() }, two);
        add("logicalXor", Math.Floor, new() { LogicalXor = new() }, two);
        add("logicalNot", Math.Floor, new() { LogicalNot = new() }, [Whole]);
        add(
            "whereBroadcastable",
            BetweenSteps,
            new() { WhereBroadcastable = new() },
            [Shape.Of(3, 1), Whole, Shape.Of(4)]);
    }

    private static void AddReductions(Action<string, Func<double, double>, NeuralNetworkLayer, Shape[]> add)
    {
        add("reduceSum", Same, new() { ReduceSum = new() { Axes = { 1 } } }, [Whole]);
        add("reduceSum of all", Same, new() { ReduceSum = new() { ReduceAll = true } }, [Whole]);
        add("reduceMean", Same, new() { ReduceMean = new() { Axes = { 0, -1 }, KeepDims = true } }, [Whole]);
        add("reduceProd", AwayFromZero, new() { ReduceProd = new() { Axes = { -1 } } }, [Whole]);
        add("reduceLogSum", AboveOne, new() { ReduceLogSum = new() { Axes = { 0 } } }, [Whole]);
        add("reduceSumSquare", Same, new() { ReduceSumSquare = new() { Axes = { 0, 1 } } }, [Whole]);
        add("reduceL1", AwayFromZero, new() { ReduceL1 = new() { Axes = { 2 } } }, [Whole]);
        add("reduceL2", Same, new() { ReduceL2 = new() { Axes = { 2 } } }, [Whole]);
        add("reduceMax", Same, new() { ReduceMax = new() { Axes = { 1 } } }, [Whole]);
        add("reduceMin", Same, new() { ReduceMin = new() { Axes = { 1, 2 } } }, [Whole]);
        add("reduceLogSumExp", Same, new() { ReduceLogSumExp = new() { Axes = { 1 } } }, [Whole]);
        add("reduce", AboveOne, new()
        {
            Reduce = new()
            {
                Mode = ReduceLayerParams.Types.ReduceOperation.Logsum, Axis = ReduceLayerParams.Types.ReduceAxis.Hw,
                Epsilon = 0.5f,
            },
        }, [Whole]);
    }
}
