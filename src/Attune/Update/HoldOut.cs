using Attune.Graph;

namespace Attune.Update;

/// <summary>
/// Samples that are not learned from. Measured at the end of each epoch, they tell when to stop and which epoch's
/// numbers are the result.
/// </summary>
/// <param name="features">The samples.</param>
/// <param name="options">What is decided by them.</param>
internal sealed class HoldOut(TrainingFeatures features, MLUpdateOptions options)
{
    private readonly int[] order = [.. Enumerable.Range(0, features.Count)];
    private double startLoss = double.NaN;
    private Epoch last = new(-1, double.NaN, null);
    private Epoch best = new(-1, double.PositiveInfinity, null);

    public TrainingFeatures Features => features;

    /// <summary>Whether no epoch has been the best for as long as one is waited for.</summary>
    public bool HasLostPatience => last.Index - best.Index >= options.Patience;

    public BatchLoss Measure(TrainingStep step, int batch)
    {
        BatchLoss sum = default;
        for (int start = 0; start < order.Length; start += batch)
        {
            ReadOnlySpan<int> rest = order.AsSpan(start);
            ReadOnlySpan<int> samples = rest[..Math.Min(batch, rest.Length)];
            ReadOnlySpan<int> after = rest[samples.Length..];
            sum += step.Measure(samples, after[..Math.Min(batch, after.Length)], features);
        }
        return sum;
    }

    /// <summary>Remembers what was measured before the first epoch.</summary>
    public void Begin(BatchLoss measured) => startLoss = measured.Mean;

    /// <summary>Remembers an epoch. A loss that is no number is never the best, one that is equal neither.</summary>
    public void Observe(int epoch, BatchLoss measured, ParameterSet<float> current, IReadOnlySet<Parameter> trained)
    {
        last = new Epoch(epoch, measured.Mean, current);
        if (measured.Mean < best.Loss)
            best = last with { Numbers = options.RestoresBest ? current.Own(trained) : current };
    }

    /// <summary>The epoch whose numbers are the result; -1 with null: those that training began with.</summary>
    public (int Index, ParameterSet<float>? Numbers) Choose()
    {
        Epoch chosen = options.RestoresBest && best.Index >= 0 ? best : last;
        bool isKept = !options.KeepsOnlyBetter || chosen.Loss <= startLoss;
        return isKept ? (chosen.Index, chosen.Numbers) : (-1, null);
    }

    public void Save(BinaryWriter file, Action<BinaryWriter, ParameterSet<float>> saveNumbers)
    {
        file.Write(startLoss);
        file.Write(last.Index);
        file.Write(last.Loss);
        file.Write(best.Index);
        file.Write(best.Loss);
        if (options.RestoresBest && best.Numbers is { } numbers)
            saveNumbers(file, numbers);
    }

    /// <param name="file">What <see cref="Save"/> has written.</param>
    /// <param name="current">The numbers that training goes on with.</param>
    /// <param name="readNumbers">Reads a set of numbers.</param>
    public void Load(
        BinaryReader file, ParameterSet<float> current, Func<BinaryReader, ParameterSet<float>> readNumbers)
    {
        startLoss = file.ReadDouble();
        last = new Epoch(file.ReadInt32(), file.ReadDouble(), current);
        best = new Epoch(file.ReadInt32(), file.ReadDouble(), null);
        if (best.Index >= 0)
            best = best with { Numbers = options.RestoresBest ? readNumbers(file) : current };
    }

    private readonly record struct Epoch(int Index, double Loss, ParameterSet<float>? Numbers);
}
