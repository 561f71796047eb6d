using System.Text;
using Attune.Arrays;
using Attune.Runtime;

namespace Attune.Authoring;

/// <summary>
/// Where the numbers of a layer come from: an array of the caller's, or a rule that makes them, such as
/// <see cref="HeNormal"/>. Arrays convert by themselves. Immutable.
/// </summary>
/// <remarks>
/// <para>Random rules are repeatable: the same seed, layer name and role (<c>weights</c>, <c>biases</c>, …) give the
/// same numbers on every machine, whatever other layers there are and in whichever order they are added. Two layers
/// with one seed have different numbers, because their names differ; renaming a layer gives it other numbers.</para>
/// <para>In detail: the numbers fill the array in C order from a stream of <c>docs/random.md</c> whose seed is the
/// given seed XOR the 64-bit FNV-1a hash of the UTF-8 text <c>layer/role</c>.</para>
/// <para>Fans, as in Keras: of weights [out×in×kernel…] the fan-in is in·kernel and the fan-out is out·kernel; of a
/// vector both are its length. The stored shape counts, so the two change places for a deconvolution.</para>
/// </remarks>
public sealed class Initializer
{
    private readonly Action<Request> fill;

    private Initializer(Action<Request> fill) => this.fill = fill;

    /// <summary>All 0.</summary>
    public static Initializer Zeros { get; } = Constant(0);

    /// <summary>All 1.</summary>
    public static Initializer Ones { get; } = Constant(1);

    /// <summary>All the same.</summary>
    /// <param name="value">The number.</param>
    public static Initializer Constant(float value) => new(request => request.Values.AsSpan().Fill(value));

    /// <summary>
    /// The normal distribution of mean 0 and standard deviation √(2 / fan-in), for layers before a ReLU.
    /// </summary>
    /// <param name="seed">See the type's remarks.</param>
    public static Initializer HeNormal(long seed) =>
        new(request => request.FillNormal(seed, Math.Sqrt(2.0 / request.FanIn)));

    /// <summary>The uniform distribution between ±√(6 / (fan-in + fan-out)), Keras' default.</summary>
    /// <param name="seed">See the type's remarks.</param>
    public static Initializer GlorotUniform(long seed) => new(request =>
    {
        double limit = Math.Sqrt(6.0 / (request.FanIn + request.FanOut));
        request.FillUniform(seed, -limit, limit);
    });

    /// <summary>The normal distribution of mean 0.</summary>
    /// <param name="seed">See the type's remarks.</param>
    /// <param name="standardDeviation">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public static Initializer Normal(long seed, float standardDeviation)
    {
        if (!(standardDeviation >= 0) || !float.IsFinite(standardDeviation))
            throw new ArgumentOutOfRangeException(
                nameof(standardDeviation),
                standardDeviation,
                "A normal distribution takes a standard deviation of 0 or more.");
        return new(request => request.FillNormal(seed, standardDeviation));
    }

    /// <summary>The uniform distribution.</summary>
    /// <param name="seed">See the type's remarks.</param>
    /// <param name="low">The least number, included.</param>
    /// <param name="high">The largest, excluded but for rounding; at least <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ends are in the wrong order or not finite.</exception>
    public static Initializer Uniform(long seed, float low, float high)
    {
        if (!(low <= high) || !float.IsFinite(low) || !float.IsFinite(high))
            throw new ArgumentOutOfRangeException(
                nameof(high), high, $"A uniform distribution takes ends in order; got {low} and {high}.");
        return new(request => request.FillUniform(seed, low, high));
    }

    /// <summary>Numbers of the caller's, in C order; copied.</summary>
    /// <param name="values">Exactly as many as the layer takes, which is checked when the layer is added.</param>
    public static Initializer Of(ReadOnlySpan<float> values)
    {
        float[] copy = values.ToArray();
        return new(request => request.Copy(copy));
    }

    /// <summary>Numbers of the caller's; copied.</summary>
    /// <param name="values">Of the layer's shape, or of one axis with as many elements.</param>
    public static Initializer Of(MLMultiArray values)
    {
        ArgumentNullException.ThrowIfNull(values);
        float[] copy = new float[values.Count];
        values.CopyTo(copy);
        Shape shape = values.ArrayShape;
        return new(request =>
        {
            if (shape.Rank > 1 && !shape.Equals(request.Shape))
                throw request.Refuse($"{shape}");
            request.Copy(copy);
        });
    }

    /// <summary>The numbers of <see cref="Of(ReadOnlySpan{float})"/>.</summary>
    public static implicit operator Initializer(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Of(values.AsSpan());
    }

    /// <summary>The numbers of <see cref="Of(ReadOnlySpan{float})"/>.</summary>
    public static implicit operator Initializer(ReadOnlySpan<float> values) => Of(values);

    /// <summary>The numbers of <see cref="Of(MLMultiArray)"/>.</summary>
    public static implicit operator Initializer(MLMultiArray values) => Of(values);

    /// <summary>
    /// The same numbers, each multiplied, such as by 1/255 for a first layer that takes pixels from 0 to 255.
    /// </summary>
    /// <param name="factor">Multiplies every number, in float32.</param>
    public Initializer Scaled(float factor) => new(request =>
    {
        fill(request);
        foreach (ref float value in request.Values.AsSpan())
            value *= factor;
    });

    /// <summary>The numbers of one array of a layer.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="kind">Its type, for messages.</param>
    /// <param name="role"><c>weights</c>, <c>biases</c>, or what else they are to the layer.</param>
    /// <param name="shape">The shape in the file.</param>
    /// <exception cref="ArgumentException">The caller's array has another count or shape.</exception>
    internal float[] Make(string layer, string kind, string role, Shape shape)
    {
        var request = new Request(layer, kind, role, shape);
        fill(request);
        return request.Values;
    }

    private sealed class Request(string layer, string kind, string role, Shape shape)
    {
        public Shape Shape { get; } = shape;

        public float[] Values { get; } = new float[shape.Count];

        public double FanIn => Shape.Rank < 2 ? Shape.Count : Shape.CountOf(1, Shape.Rank);

        public double FanOut => Shape.Rank < 2 ? Shape.Count : (double)Shape[0] * Shape.CountOf(2, Shape.Rank);

        public void FillNormal(long seed, double deviation)
        {
            RandomStream random = Stream(seed);
            for (int i = 0; i < Values.Length; i++)
                Values[i] = (float)(deviation * random.NextGaussian());
        }

        public void FillUniform(long seed, double low, double high)
        {
            RandomStream random = Stream(seed);
            for (int i = 0; i < Values.Length; i++)
                Values[i] = (float)(low + (high - low) * random.NextDouble());
        }

        public void Copy(float[] values)
        {
            if (values.Length != Values.Length)
                throw Refuse($"{values.Length}");
            values.CopyTo(Values, 0);
        }

        public ArgumentException Refuse(string got) => new(
            $"Layer '{layer}' ({kind}) takes {Values.Length} {role} of the shape {Shape}; got {got}. " +
            "Give as many numbers, in C order, or an initializer that makes them.");

        private RandomStream Stream(long seed)
        {
            ulong hash = 0xCBF29CE484222325;
            foreach (byte unit in Encoding.UTF8.GetBytes($"{layer}/{role}"))
                hash = unchecked((hash ^ unit) * 0x100000001B3);
            return new RandomStream(seed ^ unchecked((long)hash));
        }
    }
}
