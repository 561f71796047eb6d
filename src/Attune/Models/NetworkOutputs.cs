using Attune.Graph;
using Attune.Lowering;

namespace Attune.Models;

/// <summary>What a plan has made, as features: new ones, or written into the objects that the caller gives.</summary>
internal sealed class NetworkOutputs(LoweredNetwork network)
{
    private readonly PredictionNames names = new(
        [.. network.Outputs.Select(output => output.Name), .. network.Classifier?.Names ?? []]);

    /// <exception cref="MLFeatureException">There is a backing for something that takes none.</exception>
    public void RequireBackings(MLPredictionOptions? options)
    {
        if (options is null)
            return;
        foreach ((string name, _) in options.Backings)
            if (!TakesBacking(name))
                throw new MLFeatureException(
                    $"Output '{name}' takes no backing; only arrays and images that the model makes do.")
                { FeatureName = name };
    }

    private bool TakesBacking(string name)
    {
        int index = names.IndexOf(name);
        return index >= 0 && index < network.Outputs.Count && network.Outputs[index].TakesBacking;
    }

    /// <summary>
    /// The features of one sample of the plan's last run: what was returned before, if it would hold the same objects.
    /// </summary>
    public NetworkPrediction Read(Plan<float> plan, int sample, int batch, MLPredictionOptions? options)
    {
        if (Reusable(options) is { } earlier)
        {
            for (int i = 0; i < network.Outputs.Count; i++)
                ReadOutput(plan, i, sample, batch, BackingOf(i, options), earlier.Values[i]);
            return earlier;
        }
        var values = new MLFeatureValue[names.Count];
        for (int i = 0; i < network.Outputs.Count; i++)
            values[i] = ReadOutput(plan, i, sample, batch, BackingOf(i, options), earlier: null);
        network.Classifier?.Read(
            Numbers(plan, network.Outputs.Count, sample, batch), values.AsSpan(network.Outputs.Count));
        var made = new NetworkPrediction(names, values);
        if (options is not null)
            options.Returned = options.Backings.Count > 0 ? made : null;
        return made;
    }

    /// <summary>What these options returned before, if every output of it is what backs it now.</summary>
    private NetworkPrediction? Reusable(MLPredictionOptions? options)
    {
        if (options?.Returned is not NetworkPrediction earlier || earlier.Names != names
            || network.Classifier is not null)
            return null;
        for (int i = 0; i < network.Outputs.Count; i++)
        {
            MLFeatureValue value = earlier.Values[i];
            if ((value.MultiArrayValue ?? (object?)value.ImageBufferValue) is not { } held
                || !ReferenceEquals(held, BackingOf(i, options)))
                return null;
        }
        return earlier;
    }

    private object? BackingOf(int output, MLPredictionOptions? options) =>
        options?.Backings.GetValueOrDefault(network.Outputs[output].Name);

    private MLFeatureValue ReadOutput(
        Plan<float> plan, int output, int sample, int batch, object? backing, MLFeatureValue? earlier) =>
        network.Outputs[output].Read(Numbers(plan, output, sample, batch), plan.OutputShape(output), backing, earlier);

    private static ReadOnlySpan<float> Numbers(Plan<float> plan, int output, int sample, int batch)
    {
        int count = plan.OutputShape(output).Count;
        return plan.Output(output, batch).Slice(sample * count, count);
    }
}
