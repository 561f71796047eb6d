using System.Buffers.Binary;

namespace Attune.Codecs;

/// <summary>
/// Reads PBM, PGM and PPM images, as text or as bytes (P1 to P6), and PAM images (P7), with up to 16 bits per sample;
/// those are spread over 0 to 255 and rounded to the nearest. Of several images in a file the first.
/// Specification: netpbm's.
/// </summary>
internal sealed class PnmDecoder : IImageDecoder
{
    public string FormatName => "PNM";

    public bool Recognises(ReadOnlySpan<byte> start) =>
        start is [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)' ' or (>= 9 and <= 13) or (byte)'#', ..];

    public DecodedImage Decode(Stream stream, ImageLimits limits, CancellationToken cancellationToken)
    {
        var source = new ByteSource(stream, FormatName);
        PnmHeader header = PnmHeader.Read(source, limits);
        long samples = (long)header.Width * header.Height * header.Depth;
        limits.CheckMemory(
            (long)header.Width * header.Height * (header.Depth == 2 ? 4 : header.Depth) + 2L * header.Width * 4,
            FormatName);
        long least = header.Kind switch
        {
            1 => samples,
            2 or 3 => 2 * samples - 1,
            4 => (header.Width + 7L) / 8 * header.Height,
            _ => header.Most > 255 ? 2 * samples : samples,
        };
        if (least > source.Remaining)
            throw source.CutShort();

        var image = new MLPixelBuffer(header.Width, header.Height, header.Depth switch
        {
            1 => MLPixelFormat.OneComponent8,
            3 => MLPixelFormat.Rgb24,
            _ => MLPixelFormat.Rgba32,
        });
        int[] row = new int[header.Width * header.Depth];
        for (int y = 0; y < header.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadRow(source, header, row);
            WriteRow(header, row, image.GetRow(y));
        }
        return new DecodedImage(image);
    }

    private static void ReadRow(ByteSource source, PnmHeader header, Span<int> row)
    {
        switch (header.Kind)
        {
            case 1:
                // The digits of bits need not be parted. 1 is black.
                for (int i = 0; i < row.Length; i++)
                    row[i] = PnmHeader.NextCharacter(source) switch
                    {
                        '0' => 1,
                        '1' => 0,
                        _ => throw new ImageFormatException("The pixels of a PBM text file are 0 or 1. It is damaged."),
                    };
                break;
            case 2 or 3:
                for (int i = 0; i < row.Length; i++)
                    row[i] = Checked(PnmHeader.ReadNumber(source), header);
                break;
            case 4:
                ReadBits(source, row);
                break;
            default:
                ReadSamples(source, header, row);
                break;
        }
    }

    private static void ReadBits(ByteSource source, Span<int> row)
    {
        int bits = 0;
        for (int i = 0; i < row.Length; i++)
        {
            bits = i % 8 == 0 ? source.ReadByte() : bits << 1;
            row[i] = (bits >> 7 & 1) ^ 1;
        }
    }

    private static void ReadSamples(ByteSource source, PnmHeader header, Span<int> row)
    {
        Span<byte> bytes = stackalloc byte[512];
        int size = header.Most > 255 ? 2 : 1;
        while (row.Length > 0)
        {
            int count = Math.Min(row.Length, bytes.Length / size);
            source.Read(bytes[..(count * size)]);
            for (int i = 0; i < count; i++)
                row[i] = Checked(
                    size == 1 ? bytes[i] : BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]), header);
            row = row[count..];
        }
    }

    private static int Checked(long sample, PnmHeader header) => sample <= header.Most
        ? (int)sample
        : throw new ImageFormatException(
            $"The samples of this PNM file are 0 to {header.Most}, as it says; one is {sample}. It is damaged.");

    private static void WriteRow(PnmHeader header, ReadOnlySpan<int> row, Span<byte> target)
    {
        if (header.Depth == 2)
        {
            for (int i = 0, at = 0; i < row.Length; i += 2, at += 4)
            {
                target.Slice(at, 3).Fill(To8(row[i], header.Most));
                target[at + 3] = To8(row[i + 1], header.Most);
            }
            return;
        }
        for (int i = 0; i < row.Length; i++)
            target[i] = To8(row[i], header.Most);
    }

    private static byte To8(int sample, int most) =>
        most == 255 ? (byte)sample : (byte)((sample * 255L + most / 2) / most);
}
