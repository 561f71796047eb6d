using Attune.Arrays;
using Attune.Format.Specification;
using Mode = Attune.Format.Specification.ReorganizeDataLayerParams.Types.ReorganizationType;

namespace Attune.Layers;

/// <summary>
/// Core ML's <c>reorganizeData</c>: blocks of b by b pixels become channels (SPACE_TO_DEPTH), or channels become blocks
/// (DEPTH_TO_SPACE, PIXEL_SHUFFLE).
/// </summary>
/// <remarks>
/// Shapes: [… ×C×H×W] to [… ×Cbb×H/b×W/b], or to [… ×C/bb×Hb×Wb]. With i and j the row and column in the block, the
/// channel is (ib + j)C + c; for PIXEL_SHUFFLE it is (cb + i)b + j.
/// </remarks>
internal sealed class ReorganizeData(string name, Mode mode, int block) : Selection(name, "reorganizeData")
{
    public static ReorganizeData Read(LayerSource source)
    {
        ReorganizeDataLayerParams fields = source.Specification.ReorganizeData;
        source.RequireKnown("mode", fields.Mode);
        const int Most = 1 << 15;
        int block = source.Amount("block size", fields.BlockSize, 1);
        return block <= Most
            ? new ReorganizeData(source.Name, fields.Mode, block)
            : throw source.Refuse($"a block size from 1 to {Most}", $"{block}");
    }

    public override Shape[] Infer(ReadOnlySpan<Shape> inputs)
    {
        Shape input = inputs[0];
        bool toDepth = mode == Mode.SpaceToDepth;
        bool fits = input.Rank >= 3
            && (toDepth ? input[-2] % block == 0 && input[-1] % block == 0 : input[-3] % (block * block) == 0);
        if (!fits)
            throw Refuse(
                toDepth
                    ? $"an image whose sides are multiples of {block}"
                    : $"an image with a multiple of {block * block} channels",
                $"{input}");
        int[] output = input.Dimensions.ToArray();
        output[^3] = toDepth ? input[-3] * block * block : input[-3] / (block * block);
        output[^2] = toDepth ? input[-2] / block : input[-2] * block;
        output[^1] = toDepth ? input[-1] / block : input[-1] * block;
        return [Shape.Of(output)];
    }

    protected override void AddAxes(ref RunWalk walk, Shape input, Shape output)
    {
        int width = input[-1];
        int plane = input[-2] * width;
        walk.Add(input.CountOf(0, input.Rank - 3), input[-3] * plane);
        if (mode == Mode.SpaceToDepth)
        {
            walk.Add(block, width);
            walk.Add(block, 1);
            walk.Add(input[-3], plane);
            walk.Add(output[-2], block * width);
            walk.Add(output[-1], block);
            return;
        }
        // How far the next channel, row and column of the output are among the input's channels.
        (int c, int i, int j) = mode == Mode.PixelShuffle
            ? (block * block, block, 1)
            : (1, block * output[-3], output[-3]);
        walk.Add(output[-3], c * plane);
        walk.Add(input[-2], width);
        walk.Add(block, i * plane);
        walk.Add(width, 1);
        walk.Add(block, j * plane);
    }
}
