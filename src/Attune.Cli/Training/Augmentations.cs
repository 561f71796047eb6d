using System.Globalization;

namespace Attune.Cli.Training;

/// <summary>How training images vary, from what the command line says: <c>rotation=10,shift,flip</c>.</summary>
internal static class Augmentations
{
    /// <summary>What is varied where no part is named: nothing that changes what most images show.</summary>
    private static readonly string[] Usual = ["rotation", "shift", "scale"];

    /// <param name="parts">Names, each with a number or without; none: the usual ones.</param>
    /// <exception cref="UsageException">A part is unknown, or its number is none that it takes.</exception>
    public static MLImageAugmentation Parse(IReadOnlyCollection<string> parts)
    {
        var augmentation = new MLImageAugmentation();
        foreach (string part in parts.Count > 0 ? parts : Usual)
        {
            int sign = part.IndexOf('=', StringComparison.Ordinal);
            augmentation = sign < 0
                ? With(augmentation, part, number: null)
                : With(augmentation, part[..sign], Number(part, part[(sign + 1)..]));
        }
        return augmentation;
    }

    /// <summary>All that varies, whichever words asked for it.</summary>
    public static string Text(MLImageAugmentation? augmentation) => augmentation is null
        ? "none"
        : FormattableString.Invariant($"rotation={augmentation.MaxRotation},shift={augmentation.MaxShift},")
            + FormattableString.Invariant($"scale={augmentation.MaxScale},noise={augmentation.Noise}")
            + (augmentation.FlipsHorizontally ? ",flip" : "") + (augmentation.FlipsVertically ? ",flip-vertical" : "");

    private static MLImageAugmentation With(MLImageAugmentation augmentation, string name, double? number)
    {
        try
        {
            return (name, number) switch
            {
                ("rotation", _) => augmentation with { MaxRotation = number ?? 10 },
                ("shift", _) => augmentation with { MaxShift = number ?? 0.1 },
                ("scale", _) => augmentation with { MaxScale = number ?? 0.1 },
                ("noise", _) => augmentation with { Noise = number ?? 8 },
                ("flip", null) => augmentation with { FlipsHorizontally = true },
                ("flip-vertical", null) => augmentation with { FlipsVertically = true },
                ("flip" or "flip-vertical", _) => throw new UsageException($"--augment {name} takes no number."),
                _ => throw new UsageException(
                    $"--augment takes rotation, shift, scale, noise, flip and flip-vertical; got '{name}'."),
            };
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new UsageException($"--augment {name}: {Failure.Sentence(error)}");
        }
    }

    private static double Number(string part, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new UsageException($"--augment takes a part with a number, such as rotation=15; got '{part}'.");
}
