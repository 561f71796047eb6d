namespace Attune;

/// <summary>
/// How training images are varied at random, so that a model learns from few of them what does not matter. Every range
/// is drawn from evenly; what is zero, which is the default of all, does not vary.
/// </summary>
/// <remarks>
/// One reading of a bilinear filter makes the whole movement: the image is turned and scaled about its centre,
/// mirrored, then shifted. What comes into view from outside repeats the border. Noise is added last, drawn from the
/// normal distribution for each channel of each pixel; alpha has none. The same seed, sample and number of earlier
/// readings give the same pixels on every machine; in an update, the epoch's number is that of the readings.
/// </remarks>
public sealed record MLImageAugmentation
{
    /// <summary>The farthest that an image moves along each axis, as a part of its width and height.</summary>
    /// <value>0 to 1. Default: 0.</value>
    public double MaxShift { get; init => field = InRange(value, 0, 1, nameof(MaxShift)); }

    /// <summary>The farthest that an image turns either way, in degrees.</summary>
    /// <value>0 to 180. Default: 0.</value>
    public double MaxRotation { get; init => field = InRange(value, 0, 180, nameof(MaxRotation)); }

    /// <summary>The farthest that an image grows or shrinks: 0.25 draws factors from 1/1.25 to 1.25, evenly by their
    /// logarithm.</summary>
    /// <value>0 to 3. Default: 0.</value>
    public double MaxScale { get; init => field = InRange(value, 0, 3, nameof(MaxScale)); }

    /// <summary>Whether left and right change places in half of the readings.</summary>
    /// <value>Default: false.</value>
    public bool FlipsHorizontally { get; init; }

    /// <summary>Whether top and bottom change places in half of the readings.</summary>
    /// <value>Default: false.</value>
    public bool FlipsVertically { get; init; }

    /// <summary>The standard deviation of the noise, in levels of 0 to 255.</summary>
    /// <value>0 to 255. Default: 0.</value>
    public double Noise { get; init => field = InRange(value, 0, 255, nameof(Noise)); }

    /// <summary>Where the random numbers start.</summary>
    /// <value>Any number. Default: 0.</value>
    public long Seed { get; init; }

    private static double InRange(double value, double least, double most, string name) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, $"{name} takes {least} to {most}; got {value}.");
}
