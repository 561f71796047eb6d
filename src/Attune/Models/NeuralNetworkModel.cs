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
    private readonly NetworkOutputs outputs;

    // Where a prediction keeps its inputs: the caller's own while it runs, for the next one to take afterwards.
    private InputValues? idle;

    public NeuralNetworkModel(LoweredNetwork network, Workers workers, ParameterSet<float>? parameters = null)
    {
        Network = network;
        this.workers = workers;
        Parameters = parameters ?? ParameterSet<float>.Initial(network.Network.Parameters);
        plans = new PlanPool(network.Network, Parameters, workers);
        outputs = new NetworkOutputs(network);
    }

    public LoweredNetwork Network { get; }

    /// <summary>The numbers that this model computes with; never changed.</summary>
    public ParameterSet<float> Parameters { get; }

    public NeuralNetworkModel With(ParameterSet<float> parameters) => new(Network, workers, parameters);

    public override IMLFeatureProvider Predict(IMLFeatureProvider input, MLPredictionOptions? options)
    {
        outputs.RequireBackings(options);
        InputValues sample = Interlocked.Exchange(ref idle, null) ?? new InputValues(Network.Inputs.Count);
        Read(input, sample: null, sample.Values);
        WriteShapes(sample.Values, sample.Shapes);
        Plan<float> plan = plans.Rent(sample.Shapes, batch: 1);
        try
        {
            Write(plan, sample.Values, sample: 0, batch: 1);
            plan.Run(batch: 1);
            return outputs.Read(plan, sample: 0, batch: 1, options);
        }
        finally
        {
            plans.Return(plan);
            Array.Clear(sample.Values);
            Volatile.Write(ref idle, sample);
        }
    }

    public override IMLFeatureProvider[] PredictBatch(IMLBatchProvider batch, int first, int count)
    {
        var predictions = new IMLFeatureProvider[count];
        var pending = new List<MLFeatureValue?[]>(LargestBatch);
        Shape[] shapes = [];
        for (int i = 0; i < predictions.Length; i++)
        {
            var values = new MLFeatureValue?[Network.Inputs.Count];
            Read(batch.GetFeatures(first + i), first + i, values);
            if (i % LargestBatch == LargestBatch - 1)
                PrepareNext(batch, first + i + 1, Math.Min(LargestBatch, count - i - 1));
            var wanted = new Shape[values.Length];
            WriteShapes(values, wanted);
            if (pending.Count == LargestBatch || (pending.Count > 0 && !wanted.AsSpan().SequenceEqual(shapes)))
                Flush(shapes, pending, predictions.AsSpan(i - pending.Count));
            shapes = wanted;
            pending.Add(values);
        }
        Flush(shapes, pending, predictions.AsSpan(predictions.Length - pending.Count));
        return predictions;
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

    /// <summary>Lets the batch make its next members ready while those before them are computed.</summary>
    private static void PrepareNext(IMLBatchProvider batch, int first, int count)
    {
        Span<int> next = stackalloc int[count];
        for (int i = 0; i < count; i++)
            next[i] = first + i;
        batch.Prepare(next);
    }

    private void Flush(Shape[] shapes, List<MLFeatureValue?[]> pending, Span<IMLFeatureProvider> predictions)
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
                    predictions[first + sample] = outputs.Read(plan, sample, batch, options: null);
            }
        }
        finally
        {
            plans.Return(plan);
            pending.Clear();
        }
    }

    private void Read(IMLFeatureProvider features, int? sample, MLFeatureValue?[] values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Network.Inputs[i].Get(features, sample);
    }

    private void WriteShapes(MLFeatureValue?[] values, Shape[] shapes)
    {
        for (int i = 0; i < shapes.Length; i++)
            shapes[i] = Network.Inputs[i].ShapeOf(values[i]);
    }

    private void Write(Plan<float> plan, MLFeatureValue?[] values, int sample, int batch)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int count = plan.InputShapes[i].Count;
            Network.Inputs[i].Write(values[i], plan.Input(i, batch).Slice(sample * count, count));
        }
    }

    /// <summary>The inputs of one sample.</summary>
    private sealed class InputValues(int inputs)
    {
        public MLFeatureValue?[] Values { get; } = new MLFeatureValue?[inputs];

        public Shape[] Shapes { get; } = new Shape[inputs];
    }
}
