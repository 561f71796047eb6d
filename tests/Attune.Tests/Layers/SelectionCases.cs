using Attune.Arrays;
using Attune.Format.Specification;
using static Attune.Tests.Layers.Specified;
using Reorganization = Attune.Format.Specification.ReorganizeDataLayerParams.Types.ReorganizationType;
using SliceAxis = Attune.Format.Specification.SliceLayerParams.Types.SliceAxis;

namespace Attune.Tests.Layers;

/// <summary>Cases of layers of whose output each element is one of the input or of the weights.</summary>
internal static class SelectionCases
{
    public static void Add(Action<string, NeuralNetworkLayer, Shape[]> add)
    {
        Shape image = Shape.Of(2, 4, 2, 6);
        Shape whole = Shape.Of(2, 3, 4);
        add("slice", new() { Slice = new() { StartIndex = 1, EndIndex = -1, Stride = 2, Axis = SliceAxis.WidthAxis } },
            [image]);
        add("slice of channels",
            new() { Slice = new() { StartIndex = 1, EndIndex = 3, Axis = SliceAxis.ChannelAxis } }, [image]);
        add("sliceStatic", new() { SliceStatic = StaticSlice() }, [whole]);
        add("reverse", new() { Reverse = new() { ReverseDim = { true, false, true } } }, [whole]);
        add("tile", new() { Tile = new() { Reps = { 2, 1, 3 } } }, [Shape.Of(3, 2)]);
        add("sequenceRepeat", new() { SequenceRepeat = new() { NRepetitions = 3 } }, [Shape.Of(2, 1, 2, 1, 2)]);
        add("slidingWindows", new() { SlidingWindows = new() { Axis = 1, WindowSize = 2, Step = 1 } }, [whole]);
        add("split", new() { Split = new() { NOutputs = 1 } }, [whole]);
        add("splitND", new() { SplitND = new() { Axis = 1, NumSplits = 1 } }, [whole]);
        foreach (Reorganization mode in Enum.GetValues<Reorganization>())
            add($"reorganizeData {mode}", new() { ReorganizeData = new() { Mode = mode, BlockSize = 2 } }, [image]);
        add("stack", new() { Stack = new() { Axis = 1 } }, [whole, whole]);
        add("broadcastToStatic", new() { BroadcastToStatic = new() { TargetShape = { 2, 3, 4 } } }, [Shape.Of(3, 1)]);
        add("broadcastToLike", new() { BroadcastToLike = new() }, [Shape.Of(3, 1), whole]);
        add("matrixBandPart", new() { MatrixBandPart = new() { NumLower = 1, NumUpper = 0 } }, [whole]);
        add("lowerTriangular", new() { LowerTriangular = new() { K = 1 } }, [whole]);
        add("upperTriangular", new() { UpperTriangular = new() }, [whole]);
        add("constantPad", new() { ConstantPad = new() { Value = 2, PadAmounts = { 1, 0, 0, 2, 1, 1 } } }, [whole]);
        add("argMax", new() { ArgMax = new() { Axis = 1 } }, [whole]);
        add("argMin", new() { ArgMin = new() { Axis = -1, RemoveDim = true } }, [whole]);
        add("getShape", new() { GetShape = new() }, [whole]);
        add("fillLike", new() { FillLike = new() { Value = 2 } }, [whole]);
        add("fillStatic", new() { FillStatic = new() { Value = 2, TargetShape = { 2, 3 } } }, []);
        add("copy", new() { Copy = new() }, [whole]);
        add("reshapeLike", new() { ReshapeLike = new() }, [whole, Shape.Of(6, 4)]);
    }

    public static void AddLookups(Action<string, Func<double, double>, NeuralNetworkLayer, Shape[]> add)
    {
        add("embedding", Index, new()
        {
            Embedding = new()
            {
                InputDim = 3, OutputChannels = 2, HasBias = true, Weights = Random(6), Bias = Random(2),
            },
        }, [Shape.Of(4, 1, 1, 1, 1)]);
        add("gather", Index, new() { Gather = new() { Axis = 1 } }, [Shape.Of(2, 3, 2), Shape.Of(2, 2)]);
        add("embeddingND", Index, new()
        {
            EmbeddingND = new() { VocabSize = 3, EmbeddingSize = 2, Weights = Random(6) },
        }, [Shape.Of(4, 2, 1)]);
    }

    // 0, 1 or 2
    private static double Index(double x) => Math.Round(Math.Abs(x)) % 3;

    private static SliceStaticLayerParams StaticSlice() => new()
    {
        BeginIds = { 0, -1, 1 },
        BeginMasks = { true, false, false },
        EndIds = { 0, 0, 3 },
        EndMasks = { true, true, false },
        Strides = { 1, -2, 1 },
        SqueezeMasks = { false, false, true },
    };
}
