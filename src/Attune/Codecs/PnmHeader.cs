namespace Attune.Codecs;

/// <summary>The header of a PNM or PAM file, checked.</summary>
/// <param name="Kind">The digit behind the P: 1 to 3 text, 4 to 6 bytes, of bits, gray and colour; 7 PAM.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Samples of a pixel: gray, gray and alpha, colour, colour and alpha.</param>
/// <param name="Most">The sample that is full intensity.</param>
internal sealed record PnmHeader(int Kind, int Width, int Height, int Depth, int Most)
{
    // No number or word of a header is longer.
    private const int LongestWord = 64;

    public bool IsText => Kind <= 3;

    public bool IsBits => Kind is 1 or 4;

    public static PnmHeader Read(ByteSource source, ImageLimits limits)
    {
        source.Skip(1);
        int kind = source.ReadByte() - '0';
        long width, height, depth = kind is 3 or 6 ? 3 : 1, most = 1;
        if (kind == 7)
        {
            (width, height, depth, most) = ReadFields(source);
        }
        else
        {
            width = ReadNumber(source);
            height = ReadNumber(source);
            if (kind is not (1 or 4))
                most = ReadNumber(source);
        }
        limits.Check(width, height, "PNM");
        if (most is < 1 or > 65535 || depth is < 1 or > 4)
            throw new ImageFormatException(
                $"PNM images have 1 to 4 samples per pixel of 1 to 65535; this one says {depth} of {most}.");
        return new PnmHeader(kind, (int)width, (int)height, (int)depth, (int)most);
    }

    /// <summary>The next number, up to 10 digits, with one character behind it.</summary>
    public static long ReadNumber(ByteSource source)
    {
        string word = ReadWord(source);
        return word.Length <= 10 && long.TryParse(word, System.Globalization.NumberStyles.None, null, out long number)
            ? number
            : throw new ImageFormatException($"The PNM file has '{word}' where a number belongs. It is damaged.");
    }

    /// <summary>The next character that is neither space nor in a comment.</summary>
    public static char NextCharacter(ByteSource source)
    {
        while (true)
        {
            char next = (char)source.ReadByte();
            if (next == '#')
                while (next is not ('\n' or '\r'))
                    next = (char)source.ReadByte();
            else if (!IsSpace(next))
                return next;
        }
    }

    /// <summary>Lines of names and values, to the line ENDHDR.</summary>
    private static (long Width, long Height, long Depth, long Most) ReadFields(ByteSource source)
    {
        long width = 0, height = 0, depth = 0, most = 0;
        while (true)
        {
            string name = ReadWord(source);
            switch (name)
            {
                case "WIDTH":
                    width = ReadNumber(source);
                    break;
                case "HEIGHT":
                    height = ReadNumber(source);
                    break;
                case "DEPTH":
                    depth = ReadNumber(source);
                    break;
                case "MAXVAL":
                    most = ReadNumber(source);
                    break;
                case "TUPLTYPE":
                    ReadWord(source);
                    break;
                case "ENDHDR":
                    return (width, height, depth, most);
                default:
                    throw new ImageFormatException($"The PAM file has a line '{name}', which there is not.");
            }
        }
    }

    private static string ReadWord(ByteSource source)
    {
        Span<char> word = stackalloc char[LongestWord];
        int length = 0;
        char next = NextCharacter(source);
        while (!IsSpace(next))
        {
            if (length == LongestWord || next is < '!' or > '~')
                throw new ImageFormatException("The PNM file's header or text is none. It is damaged.");
            word[length++] = next;
            int read = source.Next();
            // Text may end with its last number.
            next = read < 0 ? ' ' : (char)read;
        }
        return word[..length].ToString();
    }

    private static bool IsSpace(char character) => character is ' ' or (>= '\t' and <= '\r');
}
