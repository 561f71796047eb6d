namespace Attune.Format;

/// <summary>
/// The fields of <c>WeightParams</c> that the reader treats itself, and the tags that the writer makes.
/// </summary>
internal static class WeightFields
{
    public const string Message = "WeightParams";

    public const int Float = 1;
    public const int Float16 = 2;
    public const int Raw = 30;
    public const int Int8 = 31;
    public const int Quantization = 40;

    /// <summary>Our own: the number of the values that are kept beside the message.</summary>
    public const int Blob = 536870900;

    public static WeightKind KindOf(int field) => field switch
    {
        Float => WeightKind.Float32,
        Float16 => WeightKind.Float16,
        Raw => WeightKind.Quantized,
        Int8 => WeightKind.Int8,
        _ => WeightKind.None,
    };

    public static int FieldOf(WeightKind kind) => kind switch
    {
        WeightKind.Float32 => Float,
        WeightKind.Float16 => Float16,
        WeightKind.Quantized => Raw,
        WeightKind.Int8 => Int8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
