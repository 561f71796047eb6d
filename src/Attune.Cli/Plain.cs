using System.Globalization;

namespace Attune.Cli;

/// <summary>Texts as they are shown. Names come from files: whatever could steer a terminal is taken out of them.
/// </summary>
internal static class Plain
{
    public static string Text(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0
        && !text.Any(char.IsControl)
            ? text
            : string.Concat(text.Select(c => char.IsControl(c) && c is not '\n' ? '\ufffd' : c));

    /// <summary>A count with groups of three digits.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count of bytes in the unit that suits it: <c>2.4 MB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => FormattableString.Invariant($"{bytes} bytes"),
        < 1_000_000 => FormattableString.Invariant($"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => FormattableString.Invariant($"{bytes / 1e6:0.#} MB"),
        _ => FormattableString.Invariant($"{bytes / 1e9:0.##} GB"),
    };

    /// <summary>A time in the unit that suits it: <c>1.25 ms</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 1e-3 => FormattableString.Invariant($"{time.TotalMicroseconds:0} µs"),
        < 1 => FormattableString.Invariant($"{time.TotalMilliseconds:0.##} ms"),
        < 90 => FormattableString.Invariant($"{time.TotalSeconds:0.#} s"),
        _ => FormattableString.Invariant($"{(int)time.TotalMinutes} min {time.Seconds} s"),
    };

    /// <summary>A number as it is read easily: six digits, and powers only where they help.</summary>
    public static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>The columns of a usual loss.</summary>
    public const int LossWidth = 7;

    /// <summary>A loss in <see cref="LossWidth"/> columns, or fewer.</summary>
    public static string Loss(double loss) => loss is >= 1e-3 and < 1e4
        ? loss.ToString("0.00000", CultureInfo.InvariantCulture)[..LossWidth]
        : loss.ToString("0.0e+0", CultureInfo.InvariantCulture);

    /// <summary>A time as clocks show it: <c>0:42</c>, <c>1:05:00</c>.</summary>
    public static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? FormattableString.Invariant($"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : FormattableString.Invariant($"{time.Minutes}:{time.Seconds:00}");

    /// <summary>Sizes with crosses between them.</summary>
    public static string Shape(IEnumerable<int> sizes) => $"[{string.Join('×', sizes)}]";

    /// <summary>A count and the noun that goes with it.</summary>
    public static string Of(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";
}
