using Attune.Kernels;

namespace Attune.Tests.Kernels;

/// <summary>Convolutions of every kind that a kernel has to tell apart, by a name that says which kind it is.</summary>
internal static class ConvolutionCases
{
    public static Dictionary<string, ConvolutionGeometry> ByName { get; } = new()
    {
        ["3x3"] = Of(3, 9, 8, 5, 3, 3),
        ["3x3 one channel"] = Of(1, 28, 28, 32, 3, 3),
        ["3x3 padded"] = Of(4, 7, 9, 6, 3, 3, pad: 1),
        ["3x3 wide"] = Of(2, 4, 70, 9, 3, 3, pad: 1),
        ["3x3 stride 2 padded"] = Of(3, 11, 12, 7, 3, 3, stride: 2, pad: 1),
        ["3x3 wide rows"] = Of(2, 5, 33, 9, 3, 3, stride: 1),
        ["3x3 stride 2 wide rows"] = Of(3, 9, 130, 5, 3, 3, stride: 2),
        ["1x1"] = Of(10, 7, 7, 17, 1, 1),
        ["1x1 stride 2"] = Of(5, 8, 7, 3, 1, 1, stride: 2),
        ["1x1 padded"] = Of(5, 4, 4, 3, 1, 1, pad: 1),
        ["7x7 stride 2 padded"] = Of(3, 21, 19, 8, 7, 7, stride: 2, pad: 3),
        ["5x3 dilated"] = Of(2, 14, 15, 4, 5, 3, dilation: 2, pad: 2),
        ["grouped"] = Of(6, 8, 8, 4, 3, 3, pad: 1, groups: 2),
        ["depthwise"] = Of(5, 9, 9, 5, 3, 3, pad: 1, groups: 5),
        ["depthwise wide"] = Of(3, 5, 50, 3, 3, 3, pad: 1, groups: 3),
        ["depthwise stride 2"] = Of(5, 9, 10, 5, 3, 3, stride: 2, pad: 1, groups: 5),
        ["depthwise, short rows"] = Of(9, 7, 7, 9, 3, 3, pad: 1, groups: 9),
        ["depthwise stride 2, long rows"] = Of(3, 70, 71, 3, 3, 3, stride: 2, pad: 1, groups: 3),
        ["depthwise stride 2, no padding"] = Of(2, 16, 37, 2, 3, 3, stride: 2, groups: 2),
        ["depthwise, wide padding"] = Of(4, 5, 6, 4, 3, 3, pad: 4, groups: 4),
        ["depthwise stride 2, wide padding"] = Of(4, 6, 5, 4, 3, 3, stride: 2, pad: 4, groups: 4),
        ["depthwise 5x5"] = Of(3, 12, 20, 3, 5, 5, pad: 2, groups: 3),
        ["1x1, many outputs"] = Of(300, 7, 7, 150, 1, 1),
        ["1x1, many positions"] = Of(33, 30, 41, 20, 1, 1),
        ["1x1, one position more than vectors, a block and more"] = Of(270, 7, 7, 40, 1, 1),
        ["1x1, two positions more"] = Of(9, 6, 11, 16, 1, 1),
        ["1x1, three positions more"] = Of(9, 5, 7, 24, 1, 1),
        ["1x1, four positions more"] = Of(20, 14, 14, 64, 1, 1),
        ["1x1, few positions only"] = Of(20, 1, 3, 72, 1, 1),
        ["1x1 in groups, one position more"] = Of(10, 7, 7, 48, 1, 1, groups: 2),
        ["depthwise two each"] = Of(3, 9, 9, 6, 3, 3, groups: 3),
        ["window larger than input"] = Of(2, 2, 2, 3, 5, 5, pad: 2),
        ["one position"] = Of(40, 3, 3, 20, 3, 3),
        ["many channels"] = Of(70, 6, 6, 50, 3, 3, pad: 1),
        ["many channels, odd"] = Of(13, 9, 15, 19, 3, 3),
        ["many channels, wide"] = Of(16, 7, 108, 12, 3, 3, pad: 1),
        ["tiles of 4, padded"] = Of(16, 27, 27, 20, 3, 3, pad: 1),
        ["tiles of 4 without gaps"] = Of(24, 13, 13, 12, 3, 3, pad: 1),
        ["tiles of 4, hanging over"] = Of(12, 21, 18, 33, 3, 3, pad: 1),
        ["tiles of 4, more channels than a block"] = Of(300, 10, 10, 12, 3, 3),
        ["tiles of 2"] = Of(16, 8, 8, 24, 3, 3, pad: 1),
        ["many channels, padding beyond a window"] = Of(16, 8, 8, 16, 3, 3, pad: 5),
        ["many channels, padding far beyond a window"] = Of(16, 8, 8, 16, 3, 3, pad: 40),
        ["depthwise, padding beyond a window"] = Of(1, 8, 8, 1, 3, 3, pad: 5),
        ["depthwise, padding far beyond a window"] = Of(5, 6, 6, 5, 3, 3, pad: 12, groups: 5),
        ["2x2 stride 2, one column"] = Of(3, 6, 2, 2, 2, 2, stride: 2),
        ["4x4 stride 4, one column"] = Of(3, 12, 4, 2, 4, 4, stride: 4),
        ["2x2 stride 2, two columns"] = Of(3, 8, 4, 2, 2, 2, stride: 2),
        ["padding beyond a window"] = Of(2, 3, 3, 2, 2, 2, pad: 3),
    };

    public static ConvolutionGeometry Of(
        int channels, int height, int width, int outputs, int kernelHeight, int kernelWidth,
        int stride = 1, int pad = 0, int dilation = 1, int groups = 1)
    {
        int outputHeight = (height + 2 * pad - (kernelHeight - 1) * dilation - 1) / stride + 1;
        int outputWidth = (width + 2 * pad - (kernelWidth - 1) * dilation - 1) / stride + 1;
        return new ConvolutionGeometry(
            channels, height, width, outputs, outputHeight, outputWidth, kernelHeight, kernelWidth,
            stride, stride, dilation, dilation, pad, pad, groups);
    }
}
