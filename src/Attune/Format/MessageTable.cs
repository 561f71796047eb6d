using System.Globalization;

namespace Attune.Format;

/// <summary>
/// The shapes of all messages of a model file, read from <c>MessageTable.txt</c>.
/// </summary>
/// <remarks>
/// The same could be asked of the generated classes' descriptors, but building those costs a program more time at its
/// start than loading a model does. A test keeps the table equal to the descriptors; <c>ATTUNE_ACCEPT=1</c> rewrites
/// it.
///
/// A line is a message: its name, its size in memory while empty, and <c>number:name:type</c> for each field. A type is
/// one of <c>i</c> (32-bit varint), <c>l</c> (64-bit varint), <c>f</c>, <c>d</c>, <c>s</c> (text), <c>y</c> (bytes), or
/// <c>m</c> with the name of a message; <c>*</c> before it marks a list. A map is a list of entries, which are messages
/// called after the map.
/// </remarks>
internal static class MessageTable
{
    /// <summary>The shape of a whole model.</summary>
    public static MessageShape Model { get; } = Read(Text())["Model"];

    /// <summary>The table as it stands in the assembly.</summary>
    public static string Text()
    {
        using Stream? stream = typeof(MessageTable).Assembly.GetManifestResourceStream("Attune.MessageTable.txt");
        using var reader = new StreamReader(stream!);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, MessageShape> Read(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var shapes = new Dictionary<string, MessageShape>(lines.Length);
        foreach (string line in lines)
        {
            int nameEnd = line.IndexOf(' ');
            int sizeEnd = line.IndexOf(' ', nameEnd + 1);
            if (sizeEnd < 0)
                sizeEnd = line.Length;
            string name = line[..nameEnd];
            shapes[name] = new MessageShape(name, Number(line.AsSpan(nameEnd + 1, sizeEnd - nameEnd - 1)));
        }
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            shapes[words[0]].Complete(words.Skip(2).Select(word => Field(word, shapes)));
        }
        // Networks hold networks: what one message learns may be news to another.
        bool news = true;
        while (news)
        {
            news = false;
            foreach (MessageShape shape in shapes.Values)
                news |= shape.Learn();
        }
        return shapes;
    }

    private static FieldShape Field(string word, Dictionary<string, MessageShape> shapes)
    {
        string[] parts = word.Split(':');
        bool isRepeated = parts[2][0] is '*';
        string type = isRepeated ? parts[2][1..] : parts[2];
        FieldKind kind = type[0] switch
        {
            'i' => FieldKind.Varint32,
            'l' => FieldKind.Varint64,
            'f' => FieldKind.Fixed32,
            'd' => FieldKind.Fixed64,
            's' => FieldKind.Text,
            'y' => FieldKind.Bytes,
            _ => FieldKind.Message,
        };
        MessageShape? message = kind == FieldKind.Message ? shapes[type[1..]] : null;
        return new FieldShape(Number(parts[0]), parts[1], kind, isRepeated, message);
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
