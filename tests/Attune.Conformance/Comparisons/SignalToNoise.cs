using System.Text.Json;

namespace Attune.Conformance.Comparisons;

/// <summary>10·log10(mean e² / (mean (e−a)² + 1e-7)) ≥ SNR, and the same with max e² ≥ PSNR.</summary>
internal sealed class SignalToNoise(JsonElement compare) : Comparison
{
    protected override bool ComparesValues => compare.GetProperty("values").GetBoolean();

    protected override string? OfNumbers(TensorValue expected, TensorValue actual)
    {
        if (expected.Numbers.Length == 0)
            return null;
        double noise = expected.Numbers.Zip(actual.Numbers).Average(pair => Square(pair.First - pair.Second)) + 1e-7;
        double mean = Decibels(expected.Numbers.Average(Square) / noise);
        double peak = Decibels(expected.Numbers.Max(Square) / noise);
        bool isFine = mean >= compare.GetProperty("SNR").GetDouble() && peak >= compare.GetProperty("PSNR").GetDouble();
        return isFine ? null : $"signal to noise {mean:F1} dB, peak {peak:F1} dB";
    }

    private static double Square(double x) => x * x;

    private static double Decibels(double ratio) => 10 * Math.Log10(ratio);
}
