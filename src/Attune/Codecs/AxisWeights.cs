namespace Attune.Codecs;

/// <summary>
/// For each pixel along one axis of the result: which pixels of the source it is made of, and by what weights. The
/// weights of one pixel sum to 1.
/// </summary>
/// <remarks>
/// When the axis shrinks, a pixel is the average of the area that it covers in the source: a source pixel weighs as
/// much as it is covered. When the axis grows, a pixel is interpolated linearly between the two source pixels around
/// its centre, and repeats the border beyond the outermost centres.
/// </remarks>
internal sealed class AxisWeights
{
    private readonly int[] firsts;
    private readonly int[] ends;
    private readonly float[] weights;

    private AxisWeights(int length, int weightsPerPixel)
    {
        firsts = new int[length];
        ends = new int[length + 1];
        weights = new float[(long)length * weightsPerPixel];
    }

    /// <summary>Number of pixels along the axis of the result.</summary>
    public int Length => firsts.Length;

    /// <summary>The first source pixel that counts; the others follow it.</summary>
    public int First(int pixel) => firsts[pixel];

    public ReadOnlySpan<float> Weights(int pixel) => weights.AsSpan(ends[pixel]..ends[pixel + 1]);

    public static AxisWeights Between(int source, int result) =>
        result < source ? Averaging(source, result) : Interpolating(source, result);

    /// <summary>In units of 1/result of a source pixel everything is whole: a source pixel is <c>result</c> units wide,
    /// a result pixel <c>source</c> units.</summary>
    private static AxisWeights Averaging(int source, int result)
    {
        // A pixel touches its own width, rounded up, and at most one more.
        var axis = new AxisWeights(result, source / result + 2);
        int at = 0;
        for (int pixel = 0; pixel < result; pixel++)
        {
            long start = (long)pixel * source, end = start + source;
            axis.firsts[pixel] = (int)(start / result);
            for (long from = start; from < end;)
            {
                long to = Math.Min(end, (from / result + 1) * result);
                axis.weights[at++] = (float)((double)(to - from) / source);
                from = to;
            }
            axis.ends[pixel + 1] = at;
        }
        return axis;
    }

    private static AxisWeights Interpolating(int source, int result)
    {
        var axis = new AxisWeights(result, 2);
        int at = 0;
        for (int pixel = 0; pixel < result; pixel++)
        {
            // The centre (pixel + 1/2)·source/result, less the half by which source centres stand off, over 2·result.
            long centre = Math.Max(0, (2L * pixel + 1) * source - result);
            (long first, long rest) = Math.DivRem(centre, 2L * result);
            float fraction = (float)(rest / (2.0 * result));
            axis.firsts[pixel] = (int)first;
            axis.weights[at++] = first == source - 1 ? 1 : 1 - fraction;
            if (first < source - 1)
                axis.weights[at++] = fraction;
            axis.ends[pixel + 1] = at;
        }
        return axis;
    }
}
