namespace Attune.Codecs;

/// <summary>From all that was read of a JPEG file to its pixels.</summary>
internal static class JpegOutput
{
    public static MLPixelBuffer Make(JpegFrame frame, JpegColourSpace space, CancellationToken cancellationToken)
    {
        if (frame.IsProgressive)
            foreach (JpegComponent component in frame.Components)
                Transform(component, cancellationToken);
        var image = new MLPixelBuffer(
            frame.Width, frame.Height,
            space == JpegColourSpace.Gray ? MLPixelFormat.OneComponent8 : MLPixelFormat.Rgb24);
        var channels = new JpegUpsampler?[4];
        for (int i = 0; i < frame.Components.Length; i++)
            channels[i] = new JpegUpsampler(frame.Components[i], frame);
        for (int y = 0; y < frame.Height; y++)
        {
            if (y % 64 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            JpegColour.ToPixels(
                space, RowOf(channels[0], y), RowOf(channels[1], y), RowOf(channels[2], y), RowOf(channels[3], y),
                image.GetRow(y));
        }
        return image;
    }

    private static ReadOnlySpan<byte> RowOf(JpegUpsampler? channel, int y) => channel is null ? [] : channel.Row(y);

    private static void Transform(JpegComponent component, CancellationToken cancellationToken)
    {
        if (component.Table is not { } table)
            return;
        for (int row = 0; row < component.BlocksHigh; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int column = 0; column < component.BlocksWide; column++)
                JpegInverseDct.Transform(
                    component.Block(column, row), table, component.SamplesOf(column, row), component.SamplesPerRow);
        }
    }
}
