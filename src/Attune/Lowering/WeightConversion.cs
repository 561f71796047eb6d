using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Attune.Format;
using Attune.Format.Specification;
using Attune.Format.Validation;
using Attune.Graph;
using Attune.Layers;
using Google.Protobuf;

namespace Attune.Lowering;

/// <summary>How a file is to hold the numbers of its layers.</summary>
internal enum WeightEncoding
{
    Float32,
    Float16,

    /// <summary>A few bits for each weight, with a scale and a bias for each output channel.</summary>
    Linear,
}

/// <summary>
/// Holds the numbers of a model's networks in another way. Layers that are marked for updates keep float32, which
/// updates take; biases and other small arrays are never quantized.
/// </summary>
internal sealed class WeightConversion(ModelDocument document, WeightEncoding encoding, int bits)
{
    private const float LargestHalf = 65504;

    private readonly List<string> kept = [];

    /// <summary>How many arrays are held in another way now.</summary>
    public int Converted { get; private set; }

    /// <summary>The largest change of a number.</summary>
    public double LargestChange { get; private set; }

    /// <summary>Arrays that stay as they are though others of their kind change, and why.</summary>
    public IReadOnlyList<string> Kept => kept;

    /// <summary>The document with converted numbers; everything else stays as it is.</summary>
    public ModelDocument Convert()
    {
        Model model = document.Model.Clone();
        Convert(model);
        return document.Edited(model);
    }

    private void Convert(Model model)
    {
        foreach (Model stage in ModelFacts.Stages(model))
            Convert(stage);
        int before = Converted;
        foreach (NeuralNetworkLayer layer in NetworkSpecification.Of(model)?.Layers ?? [])
            Convert(layer);
        int version = encoding switch { WeightEncoding.Float16 => 2, WeightEncoding.Linear => 3, _ => 1 };
        if (Converted > before)
            model.SpecificationVersion = Math.Max(model.SpecificationVersion, version);
    }

    private void Convert(NeuralNetworkLayer layer)
    {
        WeightParams[] all = [.. LayerWeights.Of(layer)];
        if (all.Length == 0)
            return;
        string name = UpdatableNetwork.Name(layer);
        if (layer.IsUpdatable && encoding != WeightEncoding.Float32)
        {
            kept.Add($"{name} is updatable, and updates take float32.");
            return;
        }
        // Its own product is of signed bytes, and no other numbers serve it.
        if (layer.InnerProduct is { Int8DynamicQuantize: true } || layer.BatchedMatmul is { Int8DynamicQuantize: true })
        {
            kept.Add($"{name} quantizes its input, and takes signed bytes with it.");
            return;
        }
        IReadOnlyList<Parameter> parameters = ParametersOf(layer);
        foreach (WeightParams weights in all.Where(weights => !IsHeldSo(document.Weights(weights).Kind)))
        {
            Parameter? parameter = parameters.FirstOrDefault(candidate => ReferenceEquals(candidate.Source, weights));
            if (Decode(weights, parameter) is { } values)
                Encode(weights, values, parameter, name, layer.Convolution is { IsDeconvolution: true });
            else
                kept.Add($"{name} is not supported, so its quantized numbers stay as they are.");
        }
    }

    private IReadOnlyList<Parameter> ParametersOf(NeuralNetworkLayer layer)
    {
        try
        {
            return LayerCatalogue.Supports(layer)
                ? LayerCatalogue.Read(new LayerSource(layer, document)).Parameters
                : [];
        }
        catch (MLModelNotSupportedException)
        {
            return [];
        }
    }

    // Only the layer knows which axis the scales of quantized numbers go by; plain ones need nobody.
    private float[]? Decode(WeightParams weights, Parameter? parameter)
    {
        WeightData data = document.Weights(weights);
        if (parameter is not null)
            return parameter.Initial.ToArray();
        return data.Kind is WeightKind.Float32 or WeightKind.Float16
            ? document.DecodeFloats(weights, checked((int)data.Count), "A layer's numbers").ToArray()
            : null;
    }

    private void Encode(
        WeightParams weights, float[] values, Parameter? parameter, string name, bool isDeconvolution)
    {
        switch (encoding)
        {
            case WeightEncoding.Float32:
                Clear(weights);
                weights.FloatValue.AddRange(values);
                break;
            case WeightEncoding.Float16 when TensorPrimitives.MaxMagnitude<float>(values) > LargestHalf:
                kept.Add($"{name} has numbers beyond 65504, the largest float16.");
                return;
            case WeightEncoding.Float16:
                EncodeHalf(weights, values);
                break;
            case WeightEncoding.Linear when IsQuantizable(parameter):
                EncodeLinear(weights, values, isDeconvolution ? 1 : parameter!.Shape[0]);
                break;
            default:
                return;
        }
        Converted++;
    }

    private void EncodeHalf(WeightParams weights, float[] values)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        for (int i = 0; i < values.Length; i++)
            LargestChange = Math.Max(LargestChange, Math.Abs(values[i] - (float)halves[i]));
        Clear(weights);
        weights.Float16Value = ByteString.CopyFrom(MemoryMarshal.AsBytes<Half>(halves));
    }

    private void EncodeLinear(WeightParams weights, float[] values, int channels)
    {
        var linear = new LinearQuantizationParams();
        var packed = new byte[(values.Length * (long)bits + 7) / 8];
        int size = values.Length / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> part = values.AsSpan(channel * size, size);
            float least = TensorPrimitives.Min(part);
            float range = TensorPrimitives.Max(part) - least;
            float scale = range > 0 ? range / ((1 << bits) - 1) : 1;
            linear.Scale.Add(scale);
            linear.Bias.Add(least);
            for (int i = 0; i < size; i++)
            {
                int level = Math.Clamp((int)MathF.Round((part[i] - least) / scale), 0, (1 << bits) - 1);
                LargestChange = Math.Max(LargestChange, Math.Abs(part[i] - (level * scale + least)));
                Pack(packed, (long)(channel * size + i) * bits, level);
            }
        }
        Clear(weights);
        weights.RawValue = ByteString.CopyFrom(packed);
        weights.Quantization = new QuantizationParams { NumberOfBits = (ulong)bits, LinearQuantization = linear };
    }

    // The most significant bit first, and nothing between the numbers.
    private void Pack(Span<byte> packed, long first, int level)
    {
        int shifted = level << (16 - bits - (int)(first % 8));
        packed[(int)(first / 8)] |= (byte)(shifted >> 8);
        if ((byte)shifted != 0)
            packed[(int)(first / 8) + 1] |= (byte)shifted;
    }

    private static void Clear(WeightParams weights)
    {
        weights.Blob = 0;
        weights.FloatValue.Clear();
        weights.Float16Value = ByteString.Empty;
        weights.RawValue = ByteString.Empty;
        weights.Int8RawValue = ByteString.Empty;
        weights.Quantization = null;
    }

    private bool IsHeldSo(WeightKind kind) => kind == WeightKind.None || kind == encoding switch
    {
        WeightEncoding.Float32 => WeightKind.Float32,
        WeightEncoding.Float16 => WeightKind.Float16,
        _ => WeightKind.None,
    };

    private static bool IsQuantizable(Parameter? parameter) =>
        parameter is { Role: "weights", Shape: { Rank: >= 2, Count: > 0 } };
}
