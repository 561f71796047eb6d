using System.Runtime.InteropServices;
using Attune.Arrays;
using Attune.Format;
using Attune.Graph;
using Attune.Lowering;
using Attune.Runtime;

namespace Attune.Models;

/// <summary>
/// A neural network: plain, classifier or regressor. Models with other weights (<see cref="With"/>) share the graph and
/// all numbers that they have in common.
/// </summary>
internal sealed class NeuralNetworkModel : ModelImplementation
{
    // Enough for kernels to be at their best; more only takes memory.
    private const int LargestBatch = 32;

    private readonly PlanPool plans;
    private readonly Workers workers;

    public NeuralNetworkModel(LoweredNetwork network, Workers workers, ParameterSet<float>? parameters = null)
    {
        Network = network;
        this.workers = workers;
        Parameters = parameters ?? ParameterSet<float>.Initial(network.Network.Parameters);
        plans = new PlanPool(network.Network, Parameters, workers);
    }

    public LoweredNetwork Network { get; }

    /// <summary>The numbers that this model computes with; never changed.</summary>
    public ParameterSet<float> Parameters { get; }

    public NeuralNetworkModel With(ParameterSet<float> parameters) => new(Network, workers, parameters);

    public override IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options)
    {
        RequireBackings(options);
        MLFeatureValue?[] values = Read(input, sample: null);
        Plan<float> plan = plans.Rent(ShapesOf(values), batch: 1);
        try
        {
            Write(plan, values, sample: 0, batch: 1);
            plan.Run(batch: 1);
            return Output(plan, sample: 0, batch: 1, options);
        }
        finally
        {
            plans.Return(plan);
        }
    }

    public override IMLFeatureProvider[] PredictBatch(IMLBatchProvider batch, int first, int count)
    {
        var outputs = new IMLFeatureProvider[count];
        var pending = new List<MLFeatureValue?[]>(LargestBatch);
        Shape[] shapes = [];
        for (int i = 0; i < outputs.Length; i++)
        {
            MLFeatureValue?[] values = Read(batch.GetFeatures(first + i), first + i);
            if (i % LargestBatch == LargestBatch - 1)
                PrepareNext(batch, first + i + 1, Math.Min(LargestBatch, count - i - 1));
            Shape[] wanted = ShapesOf(values);
            if (pending.Count == LargestBatch || (pending.Count > 0 && !wanted.AsSpan().SequenceEqual(shapes)))
                Flush(shapes, pending, outputs.AsSpan(i - pending.Count));
            shapes = wanted;
            pending.Add(values);
        }
        Flush(shapes, pending, outputs.AsSpan(outputs.Length - pending.Count));
        return outputs;
    }

    public override MLMultiArray? WeightsOf(MLParameterKey key)
    {
        if (Find(key) is not { } parameter)
            return null;
        return new MLMultiArray(Parameters[parameter].ToArray(), parameter.Shape.Dimensions);
    }

    public override ModelImplementation WithWeights(MLParameterKey key, MLMultiArray values)
    {
        Parameter parameter = Find(key)
            ?? throw new ArgumentException($"Parameter '{key}' names no weights or biases of the model's layers.");
        return With(Parameters.With(parameter, WeightValues.Read(key, parameter, values)));
    }

    public override ModelChanges Changes()
    {
        var changed = new Dictionary<int, ReadOnlyMemory<float>>();
        foreach (Parameter parameter in Network.Network.Parameters)
            if (parameter.Source is { } source && !SameBits(Parameters[parameter].Span, parameter.Initial.Span))
                changed[(int)source.Blob] = Parameters[parameter];
        return changed.Count == 0 ? ModelChanges.None : new ModelChanges { Weights = changed };
    }

    /// <summary>The weights or biases that a key scoped to a layer names; null if there are none.</summary>
    public Parameter? Find(MLParameterKey key) => Network.Network.Parameters.FirstOrDefault(
        parameter => parameter.Layer == key.Scope && parameter.Role == key.Name);

    /// <summary>The bytes between the layers while one sample of the default shapes is predicted; null if there is too
    /// little memory for it.</summary>
    public long? PredictionBytes()
    {
        try
        {
            Plan<float> plan = plans.Rent([.. Network.Inputs.Select(input => input.DefaultShape)], batch: 1);
            plans.Return(plan);
            return plan.Bytes;
        }
        catch (MLModelNotSupportedException)
        {
            return null;
        }
    }

    // Bits, not numbers: 0 and -0 are equal numbers, and a saved model has to predict the same bits.
    private static bool SameBits(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
        MemoryMarshal.AsBytes(left).SequenceEqual(MemoryMarshal.AsBytes(right));

    private void RequireBackings(MLPredictionOptions? options)
    {
        foreach (string name in options?.OutputBackings.Keys ?? [])
            if (!Network.Outputs.Any(output => output.Name == name && output.TakesBacking))
                throw new MLFeatureException(
                    $"Output '{name}' takes no backing; only arrays and images that the model makes do.")
                { FeatureName = name };
    }

    /// <summary>Lets the batch make its next members ready while those before them are computed.</summary>
    private static void PrepareNext(IMLBatchProvider batch, int first, int count)
    {
        Span<int> next = stackalloc int[count];
        for (int i = 0; i < count; i++)
            next[i] = first + i;
        batch.Prepare(next);
    }

    private void Flush(Shape[] shapes, List<MLFeatureValue?[]> pending, Span<IMLFeatureProvider> outputs)
    {
        if (pending.Count == 0)
            return;
        Plan<float> plan = plans.Rent(shapes, pending.Count);
        try
        {
            for (int first = 0; first < pending.Count; first += plan.Capacity)
            {
                int batch = Math.Min(plan.Capacity, pending.Count - first);
                for (int sample = 0; sample < batch; sample++)
                    Write(plan, pending[first + sample], sample, batch);
                plan.Run(batch);
                for (int sample = 0; sample < batch; sample++)
                    outputs[first + sample] = Output(plan, sample, batch, options: null);
            }
        }
        finally
        {
            plans.Return(plan);
            pending.Clear();
        }
    }

    private MLFeatureValue?[] Read(IMLFeatureProvider features, int? sample)
    {
        var values = new MLFeatureValue?[Network.Inputs.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = Network.Inputs[i].Get(features, sample);
        return values;
    }

    private Shape[] ShapesOf(MLFeatureValue?[] values)
    {
        var shapes = new Shape[values.Length];
        for (int i = 0; i < shapes.Length; i++)
            shapes[i] = Network.Inputs[i].ShapeOf(values[i]);
        return shapes;
    }

    private void Write(Plan<float> plan, MLFeatureValue?[] values, int sample, int batch)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int count = plan.InputShapes[i].Count;
            Network.Inputs[i].Write(values[i], plan.Input(i, batch).Slice(sample * count, count));
        }
    }

    private MLDictionaryFeatureProvider Output(Plan<float> plan, int sample, int batch, MLPredictionOptions? options)
    {
        var features = new Dictionary<string, MLFeatureValue>();
        for (int i = 0; i < Network.Outputs.Count; i++)
        {
            NetworkOutput output = Network.Outputs[i];
            object? backing =
                options?.OutputBackings.TryGetValue(output.Name, out object? given) == true ? given : null;
            features[output.Name] = output.Read(Numbers(plan, i, sample, batch), plan.OutputShape(i), backing);
        }
        Network.Classifier?.Read(Numbers(plan, Network.Outputs.Count, sample, batch), features);
        return new MLDictionaryFeatureProvider(features);
    }

    private static ReadOnlySpan<float> Numbers(Plan<float> plan, int output, int sample, int batch)
    {
        int count = plan.OutputShape(output).Count;
        return plan.Output(output, batch).Slice(sample * count, count);
    }
}
