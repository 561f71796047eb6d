using Attune.Format;
using Attune.Lowering;

namespace Attune.Cli.Conversion;

/// <summary>What to convert.</summary>
internal sealed record ConvertOptions
{
    public required string Model { get; init; }

    /// <summary>Where to; the extension chooses the form.</summary>
    public required string Out { get; init; }

    /// <summary>How numbers are to be held; null: as they are.</summary>
    public WeightEncoding? Weights { get; init; }

    /// <summary>Bits of a quantized weight, 1 to 8.</summary>
    public int Bits { get; init; } = 8;
}

/// <summary>What was converted.</summary>
internal sealed record ConversionReport
{
    public required string Model { get; init; }

    public required string Out { get; init; }

    public required long BytesBefore { get; init; }

    public required long BytesAfter { get; init; }

    /// <summary>How numbers were to be held; null: as they were.</summary>
    public required WeightEncoding? Weights { get; init; }

    /// <summary>Arrays of numbers that are held in another way now.</summary>
    public required int ConvertedArrays { get; init; }

    /// <summary>The largest change of a number.</summary>
    public required double LargestChange { get; init; }

    /// <summary>Why some arrays stay as they were.</summary>
    public required IReadOnlyList<string> Kept { get; init; }
}

/// <summary>Writes a model in another form, or with its numbers held in another way.</summary>
internal static class Converter
{
    public static ConversionReport Convert(ConvertOptions options)
    {
        OpenedModel opened = ModelStore.Open(options.Model);
        ModelDocument document = opened.Document;
        WeightConversion? conversion = options.Weights is { } encoding
            ? new WeightConversion(document, encoding, options.Bits)
            : null;
        document = conversion?.Convert() ?? document;
        // A model that contradicts itself is refused before anything is written.
        _ = MLModel.Of(document);
        long before = OutputFile.BytesOf(options.Model);
        ModelStore.Save(options.Out, document, changes: null, opened.Source);
        return new ConversionReport
        {
            Model = options.Model,
            Out = options.Out,
            BytesBefore = before,
            BytesAfter = OutputFile.BytesOf(options.Out),
            Weights = options.Weights,
            ConvertedArrays = conversion?.Converted ?? 0,
            LargestChange = conversion?.LargestChange ?? 0,
            Kept = [.. (conversion?.Kept ?? []).Distinct()],
        };
    }
}
