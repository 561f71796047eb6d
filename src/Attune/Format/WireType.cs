namespace Attune.Format;

/// <summary>How a field stands in the file: the low three bits of its tag.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}

internal static class WireTypes
{
    public static WireType Of(FieldKind kind) => kind switch
    {
        FieldKind.Varint32 or FieldKind.Varint64 => WireType.Varint,
        FieldKind.Fixed32 => WireType.Fixed32,
        FieldKind.Fixed64 => WireType.Fixed64,
        _ => WireType.Length,
    };

    public static string NameOf(WireType wire) => wire switch
    {
        WireType.Varint => "an integer",
        WireType.Fixed32 => "four bytes",
        WireType.Fixed64 => "eight bytes",
        WireType.Length => "a length and bytes",
        _ => "a kind of field that model files do not have",
    };
}
