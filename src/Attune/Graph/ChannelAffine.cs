namespace Attune.Graph;

/// <summary>
/// y = scale[c]·x + shift[c], c being axis -3: what some layers do to an image, and what a convolution before them can
/// do with weights and biases of its own. In double precision, so that only the products are rounded.
/// </summary>
internal sealed record ChannelAffine(double[] Scale, double[] Shift)
{
    /// <summary>This, and then the other.</summary>
    public ChannelAffine Then(ChannelAffine next)
    {
        var scale = new double[Scale.Length];
        var shift = new double[Scale.Length];
        for (int c = 0; c < scale.Length; c++)
        {
            scale[c] = Scale[c] * next.Scale[c];
            shift[c] = Shift[c] * next.Scale[c] + next.Shift[c];
        }
        return new ChannelAffine(scale, shift);
    }
}
