namespace Attune.Kernels;

/// <summary>
/// The sizes of a convolution. Padding at the bottom and right follows: whatever the windows reach past the input.
/// That of a gradient, a convolution of its own, may be below 0: its windows then begin inside what they read.
/// </summary>
internal readonly record struct ConvolutionGeometry(
    int InputChannels, int InputHeight, int InputWidth,
    int OutputChannels, int OutputHeight, int OutputWidth,
    int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth,
    int DilationHeight, int DilationWidth, int PadTop, int PadLeft, int Groups)
{
    public int InputPlane => InputHeight * InputWidth;

    public int OutputPlane => OutputHeight * OutputWidth;

    public int KernelSize => KernelHeight * KernelWidth;

    /// <summary>Values of one sample.</summary>
    public int InputCount => InputChannels * InputPlane;

    public int OutputCount => OutputChannels * OutputPlane;

    public int GroupInputs => InputChannels / Groups;

    public int GroupOutputs => OutputChannels / Groups;

    /// <summary>Weights of one output channel: the length of every sum of the forward pass.</summary>
    public int FilterSize => GroupInputs * KernelSize;

    public int WeightCount => OutputChannels * FilterSize;

    /// <exception cref="ArgumentException">A size makes no sense.</exception>
    public void Require()
    {
        bool makesSense = InputChannels > 0 && InputHeight > 0 && InputWidth > 0 && OutputChannels > 0
            && OutputHeight >= 0 && OutputWidth >= 0 && KernelHeight > 0 && KernelWidth > 0
            && StrideHeight > 0 && StrideWidth > 0 && DilationHeight > 0 && DilationWidth > 0
            && PadTop >= 0 && PadLeft >= 0 && Groups > 0
            && InputChannels % Groups == 0 && OutputChannels % Groups == 0;
        if (!makesSense)
            throw new ArgumentException(
                $"A convolution takes positive sizes and groups that divide the channels; got {this}.");
    }

    /// <summary>
    /// The output positions o, from first (inclusive) to end, whose input o·stride + offset lies in [0, input).
    /// </summary>
    public static (int First, int End) Inside(int output, int stride, int offset, int input)
    {
        // o·stride + offset ≥ 0 and ≤ input - 1; both quotients rounded up.
        int first = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
        int end = input - offset <= 0 ? 0 : (input - offset + stride - 1) / stride;
        return (Math.Min(first, output), Math.Clamp(end, Math.Min(first, output), output));
    }
}
