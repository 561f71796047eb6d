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

    /// <summary>The features of one sample of the plan's last run.</summary>
    public NetworkPrediction Read(Plan<float> plan, int sample, int batch, MLPredictionOptions? options)
    {
        if (options is not { Backings.Count: > 0 })
        {
            var made = new MLFeatureValue[names.Count];
            for (int i = 0; i < network.Outputs.Count; i++)
                made[i] = ReadOutput(plan, i, sample, batch, backing: null, earlier: null);
            network.Classifier?.Read(
                Numbers(plan, network.Outputs.Count, sample, batch), made.AsSpan(network.Outputs.Count));
            return new NetworkPrediction(names, made);
        }
        return Backed(plan, sample, batch, options);
    }

    /// <summary>As the caller's objects; if that is all, and they are those of the last time, what was returned then.
    /// </summary>
    private NetworkPrediction Backed(Plan<float> plan, int sample, int batch, MLPredictionOptions options)
    {
        var earlier = options.Returned as NetworkPrediction;
        if (earlier is not null && earlier.Names != names)
            earlier = null;
        bool isSame = earlier is not null && network.Classifier is null;
        MLFeatureValue[]? made = isSame ? null : new MLFeatureValue[names.Count];
        for (int i = 0; i < network.Outputs.Count; i++)
        {
            object? backing = options.Backings.GetValueOrDefault(network.Outputs[i].Name);
            MLFeatureValue? before = earlier?.Values[i];
            MLFeatureValue value = ReadOutput(plan, i, sample, batch, backing, backing is null ? null : before);
            if (made is null && !ReferenceEquals(value, before))
            {
                made = new MLFeatureValue[names.Count];
                earlier!.Values[..i].CopyTo(made);
            }
            if (made is not null)
                made[i] = value;
        }
        if (made is null)
            return earlier!;
        network.Classifier?.Read(
            Numbers(plan, network.Outputs.Count, sample, batch), made.AsSpan(network.Outputs.Count));
        var prediction = new NetworkPrediction(names, made);
        options.Returned = prediction;
        return prediction;
    }

    private MLFeatureValue ReadOutput(
        Plan<float> plan, int output, int sample, int batch, object? backing, MLFeatureValue? earlier) =>
        network.Outputs[output].Read(Numbers(plan, output, sample, batch), plan.OutputShape(output), backing, earlier);

    private static ReadOnlySpan<float> Numbers(Plan<float> plan, int output, int sample, int batch)
    {
        int count = plan.OutputShape(output).Count;
        return plan.Output(output, batch).Slice(sample * count, count);
    }
}
