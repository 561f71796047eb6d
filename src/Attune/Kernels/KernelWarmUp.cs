using System.Runtime.CompilerServices;
using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Has the kernels of networks compiled while the first one is still being loaded: together they take the compiler as
/// long as all the rest of the first prediction, and another processor has nothing to do meanwhile. Smallest problems
/// are run once, in the order in which a network meets their kernels.
/// </summary>
internal static class KernelWarmUp
{
    private static int begun;

    /// <summary>Begins on a thread of its own: once, where there are two processors or more and code is compiled at
    /// run time.</summary>
    /// <param name="windows">Whether there are convolutions and poolings.</param>
    public static void Begin(bool windows)
    {
        bool pays = Environment.ProcessorCount > 1 && RuntimeFeature.IsDynamicCodeCompiled;
        if (pays && Interlocked.Exchange(ref begun, 1) == 0)
            // Nobody waits for it: what fails here, such as a choice of kernels that this processor lacks, fails again
            // where they are needed, and is told there.
            _ = BackgroundWork.Start(() => Run(windows), "Attune kernels");
    }

    internal static void Run(bool windows)
    {
        if (windows)
            RunWindows();
        RunDense();
    }

    private static void RunWindows()
    {
        // A first layer with few channels and wide rows, one by Winograd's tiles, one of 1×1.
        Convolve(inputs: 1, side: 20, kernel: 3);
        Convolve(inputs: 16, side: 18, kernel: 3);
        Convolve(inputs: 8, side: 7, kernel: 1);
        var pooling = new PoolingGeometry(1, 40, 40, 20, 20, 2, 2, 2, 2, 0, 0, 0, 0, ExcludePadding: false);
        Pooling.Forward<float>(
            Workers.Single, PoolingKind.Max, pooling, 1, new float[pooling.InputPlane], new float[pooling.OutputPlane]);
    }

    private static void Convolve(int inputs, int side, int kernel)
    {
        int output = side - kernel + 1;
        var g = new ConvolutionGeometry(inputs, side, side, 16, output, output, kernel, kernel, 1, 1, 1, 1, 0, 0, 1);
        var filters = new PackedFilters(g, new float[g.WeightCount]);
        Convolution.Forward(
            Workers.Single, 1, new float[g.InputCount], filters, [], new float[g.OutputCount], rectify: true);
    }

    private static void RunDense()
    {
        const int Size = 64;
        var weights = new PackedMatrix(true, Size, Size, new float[Size * Size], Size);
        Dense.Forward(Workers.Single, 1, new float[Size], weights, [], rectify: true, new float[Size]);
        Softmax.Forward<float>(Workers.Single, 1, Size, 1, new float[Size], new float[Size]);
    }
}
