namespace Attune.Codecs;

/// <summary>The second bytes of the markers that part a JPEG file. The first byte of each is 255.</summary>
internal static class JpegMarker
{
    public const int StartOfFrame0 = 0xC0, StartOfFrame1 = 0xC1, StartOfFrame2 = 0xC2, StartOfFrame15 = 0xCF;
    public const int HuffmanTables = 0xC4, Extension = 0xC8, ArithmeticTables = 0xCC;
    public const int Restart0 = 0xD0, Restart7 = 0xD7;
    public const int StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA;
    public const int QuantizationTables = 0xDB, RestartInterval = 0xDD;
    public const int Application0 = 0xE0, Application1 = 0xE1, Application14 = 0xEE;

    public static bool IsRestart(int marker) => marker is >= Restart0 and <= Restart7;

    /// <summary>Markers that no segment follows.</summary>
    public static bool StandsAlone(int marker) => marker is 0x01 or (>= Restart0 and <= EndOfImage);

    public static bool IsFrame(int marker) =>
        marker is >= StartOfFrame0 and <= StartOfFrame15 and not (HuffmanTables or Extension or ArithmeticTables);
}
