using System.Globalization;
using System.Text;
using Attune.Format;
using Attune.Format.Specification;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Attune.Tests.Format;

/// <summary>Keeps <c>Format/MessageTable.txt</c> equal to the descriptors of the generated classes.</summary>
public class MessageTableTests
{
    private readonly Dictionary<string, MessageDescriptor> messages = [];
    private readonly SortedDictionary<string, string> lines = new(StringComparer.Ordinal);

    public MessageTableTests() => Add(Model.Descriptor);

    [Fact]
    public void Table_equals_the_descriptors()
    {
        string expected = string.Concat(lines.Values.Select(line => line + "\n"));

        if (Environment.GetEnvironmentVariable("ATTUNE_ACCEPT") == "1" && RepositoryFolder() is { } root)
            File.WriteAllText(Path.Combine(root, "src/Attune/Format/MessageTable.txt"), expected);
        Assert.Equal(expected, MessageTable.Text());
    }

    [Fact]
    public void An_empty_message_takes_no_more_memory_than_the_table_says()
    {
        foreach (MessageDescriptor message in messages.Values)
        {
            long measured = Measure(message);

            // At most a quarter more than it takes, and never less.
            Assert.True(
                SizeOf(message) >= measured && SizeOf(message) <= (measured * 1.25) + 16,
                $"{message.FullName} takes {measured} bytes; the table says {SizeOf(message)}.");
        }
    }

    private static long Measure(MessageDescriptor message)
    {
        ByteString empty = ByteString.Empty;
        var kept = new object[64];
        for (int i = 0; i < kept.Length; i++)
            kept[i] = message.Parser.ParseFrom(empty);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < kept.Length; i++)
            kept[i] = message.Parser.ParseFrom(empty);
        long all = GC.GetAllocatedBytesForCurrentThread() - before;

        long start = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < kept.Length; i++)
            kept[i] = Normalizer.Parser.ParseFrom(empty);
        long small = GC.GetAllocatedBytesForCurrentThread() - start;

        // Reading itself allocates a little; a Normalizer is a header, one number and one reference: 32 bytes.
        return ((all - small) / kept.Length) + 32;
    }

    private void Add(MessageDescriptor message)
    {
        string name = NameOf(message);
        if (!messages.TryAdd(name, message))
            return;

        var line = new StringBuilder($"{name} {SizeOf(message).ToString(CultureInfo.InvariantCulture)}");
        foreach (FieldDescriptor field in message.Fields.InFieldNumberOrder())
            line.Append(' ').Append(field.FieldNumber).Append(':').Append(field.Name).Append(':').Append(TypeOf(field));
        lines[name] = line.ToString();
    }

    private string TypeOf(FieldDescriptor field)
    {
        string list = field.IsRepeated ? "*" : "";
        if (field.IsMap)
            return list + "m" + AddEntry(field);
        switch (field.FieldType)
        {
            case FieldType.Float:
                return list + "f";
            case FieldType.Double:
                return list + "d";
            case FieldType.String:
                return list + "s";
            case FieldType.Bytes:
                return list + "y";
            case FieldType.Int64 or FieldType.UInt64:
                return list + "l";
            case FieldType.Int32 or FieldType.UInt32 or FieldType.Bool or FieldType.Enum:
                return list + "i";
            default:
                Assert.Equal(FieldType.Message, field.FieldType);
                Add(field.MessageType);
                return list + "m" + NameOf(field.MessageType);
        }
    }

    private string AddEntry(FieldDescriptor map)
    {
        // An entry takes a dictionary's slot twice over (it grows by doubling) and a node of a linked list.
        const int Entry = 160;
        FieldDescriptor value = map.MessageType.FindFieldByNumber(2);
        int size = Entry + (value.FieldType == FieldType.Message ? SizeOf(value.MessageType) : 0);
        string name = $"{NameOf(map.ContainingType)}.{map.Name}";
        lines[name] = $"{name} {size} 1:key:{TypeOf(map.MessageType.FindFieldByNumber(1))} 2:value:{TypeOf(value)}";
        return name;
    }

    // On 64 bits: the object's header, the reference to unknown fields, and the fields. Lists and maps are made
    // together with their message; of a oneof only the value that is set exists.
    private static int SizeOf(MessageDescriptor message)
    {
        const int List = 8 + 32;
        const int Map = 8 + 32 + 80 + 48;
        int size = 16 + 8 + (message.Oneofs.Count * (8 + 4));
        foreach (FieldDescriptor field in message.Fields.InFieldNumberOrder())
            if (field.ContainingOneof is null)
                size += field.IsMap ? Map : field.IsRepeated ? List : field.FieldType switch
                {
                    FieldType.Bool => 1,
                    FieldType.Int32 or FieldType.UInt32 or FieldType.Enum or FieldType.Float => 4,
                    _ => 8,
                };
        return (size + 7) & ~7;
    }

    private static string NameOf(MessageDescriptor message) =>
        message.FullName.Replace("CoreML.Specification.", "", StringComparison.Ordinal);

    private static string? RepositoryFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Attune.slnx")))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
