using Attune.Format.Specification;
using Color = Attune.Format.Specification.ImageFeatureType.Types.ColorSpace;

namespace Attune.Format.Validation;

/// <summary>Rules on features that are images.</summary>
internal static class FeatureImageRules
{
    private const int Float16Pixels = 7;

    public static IReadOnlyList<ValidationRule<ValidatedFeature>> All { get; } =
    [
        new(
            "feature.image.sizes.none",
            "A list of sizes that an image may have is not empty.",
            "List the sizes, or remove the list.",
            Enumerated),
        new(
            "feature.image.ranges.reversed",
            "The least width or height of an image is not above the greatest.",
            "Correct the ranges.",
            Ranges),
        new ValidationRule<ValidatedFeature>(
            "feature.image.size.default",
            "The default size of an image is one of those that it may have.",
            "Add the default size to those allowed, or correct it.",
            DefaultSize).Tolerated("The default size is a hint; the allowed sizes decide."),
        new(
            "feature.image.size.missing",
            "An image is one pixel wide and high at least.",
            "Set width and height.",
            Missing)
        {
            Default = MLFindingSeverity.Warning,
            Reason = "The image's first value tells the size.",
        },
        new(
            "feature.image.color",
            "The colour space of an image is GRAYSCALE, RGB, BGR or GRAYSCALE_FLOAT16.",
            "Set colorSpace.",
            ColorSpace),
        new ValidationRule<ValidatedFeature>(
            "feature.image.color.version",
            "GRAYSCALE_FLOAT16 takes specification version 7 or more.",
            "Raise the specification version.",
            ColorVersion).Tolerated("What the pixels are does not depend on the version."),
    ];

    private static IEnumerable<Flaw> Enumerated(ValidatedFeature feature)
    {
        if (feature.FlexibleImage?.EnumeratedSizes is { Sizes.Count: 0 })
            yield return new Flaw($"{feature} (image) lists the sizes that it takes; the list is empty.", "type");
    }

    private static IEnumerable<Flaw> Ranges(ValidatedFeature feature)
    {
        if (feature.FlexibleImage?.ImageSizeRange is not { } ranges)
            yield break;
        if (ranges.WidthRange is { } width && SizeRanges.IsReversed(width))
            yield return new Flaw($"{feature} (image) takes a width of {SizeRanges.Text(width)} pixels.", "type");
        if (ranges.HeightRange is { } height && SizeRanges.IsReversed(height))
            yield return new Flaw($"{feature} (image) takes a height of {SizeRanges.Text(height)} pixels.", "type");
    }

    private static IEnumerable<Flaw> DefaultSize(ValidatedFeature feature)
    {
        if (feature.FlexibleImage is not { Width: > 0, Height: > 0 } image)
            yield break;
        bool isAllowed = image switch
        {
            { EnumeratedSizes: { } list } =>
                list.Sizes.Any(size => size.Width == (ulong)image.Width && size.Height == (ulong)image.Height),
            { ImageSizeRange: { } ranges } =>
                SizeRanges.Contains(ranges.WidthRange ?? new SizeRange(), image.Width)
                && SizeRanges.Contains(ranges.HeightRange ?? new SizeRange(), image.Height),
            _ => true,
        };
        if (!isAllowed)
            yield return new Flaw(
                $"{feature} (image) has the default size {image.Width}×{image.Height}, which is none of those " +
                "it takes.",
                "type");
    }

    private static IEnumerable<Flaw> Missing(ValidatedFeature feature)
    {
        if (feature.Image is not { } image)
            yield break;
        (long width, long height) = (image.Width, image.Height);
        if (width <= 0 || height <= 0)
            (width, height) = feature.FlexibleImage switch
            {
                { EnumeratedSizes.Sizes: [var first, ..] } => ((long)first.Width, (long)first.Height),
                { ImageSizeRange: { } ranges } =>
                    ((long)(ranges.WidthRange?.LowerBound ?? 0), (long)(ranges.HeightRange?.LowerBound ?? 0)),
                _ => (width, height),
            };
        if (width <= 0 || height <= 0)
            yield return new Flaw(
                $"{feature} (image) takes a width and a height of 1 or more; got {image.Width} and {image.Height}.",
                "type");
    }

    private static IEnumerable<Flaw> ColorSpace(ValidatedFeature feature)
    {
        if (feature.Image is { } image
            && image.ColorSpace is not (Color.Grayscale or Color.Rgb or Color.Bgr or Color.GrayscaleFloat16))
            yield return new Flaw(
                $"{feature} (image) takes a colour space; the file gives none that is known.", "type.colorSpace");
    }

    private static IEnumerable<Flaw> ColorVersion(ValidatedFeature feature)
    {
        if (feature.Image?.ColorSpace == Color.GrayscaleFloat16 && feature.Version < Float16Pixels)
            yield return new Flaw(
                $"{feature} (image) has GRAYSCALE_FLOAT16 pixels, which take specification version " +
                $"{Float16Pixels} or " +
                $"more; got {feature.Version}.",
                "type.colorSpace");
    }
}
