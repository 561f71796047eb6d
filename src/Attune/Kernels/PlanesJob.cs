using Attune.Runtime;

namespace Attune.Kernels;

/// <summary>
/// Lays out the channels of a sample as <see cref="WindowPlanes"/>, in scratch memory, each channel by itself.
/// </summary>
internal unsafe struct PlanesJob : IJob
{
    private const int ChannelsPerChunk = 4;
    private const int WorthSharing = 1 << 14;

    private WindowPlanes planes;
    private float* source;
    private nint sourceStride;
    private float* target;
    private int channels;

    /// <summary>
    /// By all workers, into memory that they may all read until the caller asks for such memory again.
    /// <paramref name="slack"/> zeros follow the last plane.
    /// </summary>
    public static float* FillShared(
        Workers workers, in WindowPlanes planes, float* source, int channels, int stride, int slack)
    {
        long size = planes.Size(channels);
        PlanesJob job = Make(ScratchUse.SharedPlanes, planes, source, channels, stride, slack);
        (size > WorthSharing ? workers : Workers.Single).Run(
            ref job, (channels + ChannelsPerChunk - 1) / ChannelsPerChunk);
        return job.target;
    }

    /// <summary>By this thread, for itself.</summary>
    public static float* Fill(in WindowPlanes planes, float* source, int channels, int stride, int slack)
    {
        PlanesJob job = Make(ScratchUse.Planes, planes, source, channels, stride, slack);
        Workers.Single.Run(ref job, (channels + ChannelsPerChunk - 1) / ChannelsPerChunk);
        return job.target;
    }

    public readonly void Run(int chunk)
    {
        for (int c = chunk * ChannelsPerChunk; c < Math.Min((chunk + 1) * ChannelsPerChunk, channels); c++)
            planes.Fill(source + c * sourceStride, target + c * (nint)planes.Size(1));
    }

    private static PlanesJob Make(
        ScratchUse use, in WindowPlanes planes, float* source, int channels, int stride, int slack)
    {
        long size = planes.Size(channels);
        float* target = Scratch.Rent(use, size + slack);
        new Span<float>(target + size, slack).Clear();
        return new PlanesJob
        {
            planes = planes, source = source, sourceStride = stride, target = target, channels = channels,
        };
    }
}
