using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Attune.Cli.Data;

/// <summary>NumPy's file of one array. Source: NEP 1, versions 1.0 to 3.0 of the format.</summary>
/// <param name="Shape">Outermost first.</param>
/// <param name="Values">Row-major.</param>
internal sealed partial record NpyFile(IReadOnlyList<int> Shape, float[] Values)
{
    private const int MostHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Numbers of any usual type, as floats.</summary>
    /// <exception cref="ToolException">It is no such file, or its numbers are of another type.</exception>
    public static NpyFile Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        (string header, int start) = Header(path, bytes);
        if (Field(header, FortranField()) is not "False")
            throw Wrong(path, "its array is stored column by column; save it with numpy.ascontiguousarray");
        string type = Field(header, TypeField()) ?? throw Wrong(path, "its header names no type");
        int[] shape = [.. ShapeOf(path, header)];
        int count = CountOf(path, shape);
        float[] values = new float[count];
        Decode(path, type, bytes.AsSpan(start), values);
        return new NpyFile(shape, values);
    }

    /// <summary>The array as a file of 32-bit floats.</summary>
    public byte[] ToBytes()
    {
        string sizes = string.Concat(Shape.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size},")));
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({sizes}), }}";
        // The numbers begin at a multiple of 64 bytes; a line end closes the header.
        int padded = (Magic.Length + 4 + header.Length + 1 + 63) / 64 * 64 - Magic.Length - 4;
        var file = new MemoryStream();
        file.Write(Magic);
        file.Write([1, 0, (byte)padded, (byte)(padded >> 8)]);
        file.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
        file.Write(MemoryMarshal.AsBytes<float>(Values));
        return file.ToArray();
    }

    private static (string Text, int End) Header(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || !bytes.StartsWith(Magic))
            throw Wrong(path, "it does not begin as such a file does");
        int at = bytes[6] == 1 ? 10 : 12;
        long length = bytes[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (length > MostHeader || at + length > bytes.Length)
            throw Wrong(path, "its header is longer than the file");
        return (Encoding.Latin1.GetString(bytes.Slice(at, (int)length)), at + (int)length);
    }

    private static IEnumerable<int> ShapeOf(string path, string header)
    {
        string sizes = Field(header, ShapeField()) ?? throw Wrong(path, "its header names no shape");
        const StringSplitOptions Tidy = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (string size in sizes.Split(',', Tidy))
            yield return int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw Wrong(path, $"its shape ({sizes}) is none");
    }

    private static int CountOf(string path, int[] shape)
    {
        long count = 1;
        foreach (int size in shape)
            if ((count *= size) > Array.MaxLength)
                throw Wrong(path, $"its shape {Plain.Shape(shape)} has more numbers than memory holds");
        return (int)count;
    }

    private static void Decode(string path, string type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (type)
        {
            case "<f4": Convert<float>(path, bytes, values, x => x); break;
            case "<f8": Convert<double>(path, bytes, values, x => (float)x); break;
            case "<f2": Convert<Half>(path, bytes, values, x => (float)x); break;
            case "<i4": Convert<int>(path, bytes, values, x => x); break;
            case "<i8": Convert<long>(path, bytes, values, x => x); break;
            case "<i2": Convert<short>(path, bytes, values, x => x); break;
            case "|u1" or "|b1": Convert<byte>(path, bytes, values, x => x); break;
            case "|i1": Convert<sbyte>(path, bytes, values, x => x); break;
            default: throw Wrong(path, $"its numbers are of the type '{type}'; save them as float32");
        }
    }

    private static void Convert<T>(string path, ReadOnlySpan<byte> bytes, Span<float> values, Func<T, float> convert)
        where T : unmanaged
    {
        ReadOnlySpan<T> numbers = MemoryMarshal.Cast<byte, T>(bytes);
        if (numbers.Length < values.Length)
            throw Wrong(path, $"it holds {numbers.Length} of {values.Length} numbers");
        for (int i = 0; i < values.Length; i++)
            values[i] = convert(numbers[i]);
    }

    private static string? Field(string header, Regex field) =>
        field.Match(header) is { Success: true } found ? found.Groups[1].Value : null;

    private static ToolException Wrong(string path, string why) =>
        new($"'{path}' cannot be read as a .npy file: {why}.");

    [GeneratedRegex("'descr':\\s*'([^']*)'")]
    private static partial Regex TypeField();

    [GeneratedRegex("'fortran_order':\\s*(\\w+)")]
    private static partial Regex FortranField();

    [GeneratedRegex("'shape':\\s*\\(([^)]*)\\)")]
    private static partial Regex ShapeField();
}
