using System.Numerics;
using Attune.Arrays;
using Attune.Format.Specification;
using Attune.Graph;
using Attune.Kernels;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>pooling</c>: the largest element of each window, the mean, or the root of the sum of squares (L2).
/// </summary>
/// <remarks>
/// Shapes: x is [N×C×H×W], of rank 3 or more, leading axes being batch; y is [N×C×H'×W'], [N×C×1×1] for global pooling.
/// The zeros around the image count as elements of the mean unless avgPoolExcludePadding; the largest element is
/// always one of the image. includeLastPixel keeps windows that reach over the end; they are cut off there.
/// Among equal largest elements the first one gets the gradient.
/// </remarks>
internal sealed class Pooling(string name, PoolingKind kind, Window window, bool excludesPadding, bool isGlobal)
    : Layer(name, "pooling")
{
    public override bool HasGradient => true;

    public static Pooling Read(LayerSource source)
    {
        PoolingLayerParams fields = source.Specification.Pooling;
        source.RequireKnown("type", fields.Type);
        PoolingKind kind = fields.Type switch
        {
            PoolingLayerParams.Types.PoolingType.Max => PoolingKind.Max,
            PoolingLayerParams.Types.PoolingType.Average => PoolingKind.Average,
            _ => PoolingKind.L2,
        };
        Window window = fields.GlobalPooling ? default : ReadWindow(source, fields);
        return new Pooling(source.Name, kind, window, fields.AvgPoolExcludePadding, fields.GlobalPooling);
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        if (input.Rank < 3)
            throw Refuse("an input of rank 3 or more", $"{input}");
        Window over = WindowOver(input);
        Shape output = WindowShape.Of(input, input[-3], over) ?? throw Refuse(WindowShape.Takes(over), $"{input}");
        if (!HoldsPixels(over.Height, input[-2]) || !HoldsPixels(over.Width, input[-1]))
            throw Refuse("a padding and a stride with which every window holds elements of the image", $"{input}");
        return [output];
    }

    public override void Forward<T>(LayerRun<T> run) => Kernels.Pooling.Forward(
        run.Workers, kind, GeometryOf(run), BatchOf(run), run.Input(0), run.Output(0));

    public override bool StoresFirstGradient => true;

    public override void Backward<T>(LayerRun<T> run) => Kernels.Pooling.AddInputGradient(
        run.Workers, kind, GeometryOf(run), BatchOf(run),
        run.Input(0), run.Output(0), run.OutputGradient(0), run.InputGradient(0), run.IsFirst(0));

    private static Window ReadWindow(LayerSource source, PoolingLayerParams fields)
    {
        Window window = Window.Read(source, fields.KernelSize, fields.Stride, [], fields.Valid, fields.Same);
        if (fields.IncludeLastPixel is not { } complete)
            return window;

        (int height, int width) = source.Pair("padding", complete.PaddingAmounts, otherwise: 0, least: 0);
        // As in Caffe, the rule for the last window holds along both axes as soon as there is padding along one.
        WindowPadding padding = height > 0 || width > 0 ? WindowPadding.IncludeLastTouching : WindowPadding.IncludeLast;
        return new Window(
            window.Height with { Padding = padding, Before = height, After = height },
            window.Width with { Padding = padding, Before = width, After = width });
    }

    private static bool HoldsPixels(WindowAxis axis, int size)
    {
        WindowFit fit = axis.Over(size);
        return fit.Before < axis.Kernel && (fit.Count - 1) * axis.Stride < size + fit.Before;
    }

    private static int BatchOf<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T> =>
        run.Batch * run.InputShape(0).CountOf(0, run.InputShape(0).Rank - 3);

    private Window WindowOver(Shape input) => isGlobal
        ? new Window(Whole(input[-2]), Whole(input[-1]))
        : window;

    private static WindowAxis Whole(int size) => new(Math.Max(1, size), 1, 1, WindowPadding.Valid, 0, 0);

    private PoolingGeometry GeometryOf<T>(LayerRun<T> run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape x = run.InputShape(0);
        Shape y = run.OutputShape(0);
        Window over = WindowOver(x);
        WindowFit height = over.Height.Over(x[-2]);
        WindowFit width = over.Width.Over(x[-1]);
        return new PoolingGeometry(
            x[-3], x[-2], x[-1], y[-2], y[-1],
            over.Height.Kernel, over.Width.Kernel,
            over.Height.Stride, over.Width.Stride,
            (int)height.Before, (int)width.Before, (int)height.After, (int)width.After,
            excludesPadding);
    }
}
