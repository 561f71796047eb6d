using System.Collections.ObjectModel;
using System.Globalization;
using Attune.Features;

namespace Attune;

/// <summary>
/// One value that a model takes or gives: a number, a text, an image, an array, a dictionary or a sequence, or a
/// missing value of one of these kinds.
/// </summary>
/// <remarks>
/// <para>Reading a value as another kind converts nothing: it yields 0, the empty text, null or an empty
/// dictionary.</para>
/// <para>Arrays and images are <em>aliased</em>, not copied: who changes an array after making a value of it changes
/// the value. Everything else is immutable.</para>
/// <para>Core ML: <c>MLFeatureValue</c>.</para>
/// </remarks>
public sealed partial class MLFeatureValue : IEquatable<MLFeatureValue>
{
    private static readonly ReadOnlyDictionary<object, double> NoDictionary = ReadOnlyDictionary<object, double>.Empty;

    // A boxed long or double, a string, an array, a pixel buffer, a DictionaryFeature or a sequence; null: undefined.
    private readonly object? content;

    private MLFeatureValue(MLFeatureType type, object? content)
    {
        Type = type;
        this.content = content;
    }

    /// <summary>The kind of the value.</summary>
    public MLFeatureType Type { get; }

    /// <summary>Whether the value is missing; only optional features take such a value.</summary>
    public bool IsUndefined => content is null;

    /// <summary>The integer; 0 if the value is of another kind or undefined.</summary>
    public long Int64Value => content as long? ?? 0;

    /// <summary>The number; 0 if the value is of another kind or undefined.</summary>
    public double DoubleValue => content as double? ?? 0;

    /// <summary>The text; empty if the value is of another kind or undefined.</summary>
    public string StringValue => content as string ?? "";

    /// <summary>The array itself, not a copy; null if the value is of another kind or undefined.</summary>
    public MLMultiArray? MultiArrayValue => content as MLMultiArray;

    /// <summary>The image itself, not a copy; null if the value is of another kind or undefined.</summary>
    public MLPixelBuffer? ImageBufferValue => content as MLPixelBuffer;

    /// <summary>The numbers by key, in the order in which they were given; empty if the value is of another kind or
    /// undefined. Keys are all <see cref="string"/> or all <see cref="long"/>; a boxed <see cref="int"/> finds the same
    /// number.</summary>
    public IReadOnlyDictionary<object, double> DictionaryValue =>
        (content as DictionaryFeature)?.Values ?? NoDictionary;

    /// <summary>The sequence; null if the value is of another kind or undefined.</summary>
    public MLSequence? SequenceValue => content as MLSequence;

    /// <summary>The kind of the dictionary's keys; null if the value is no dictionary.</summary>
    internal MLFeatureType? DictionaryKeyType => (content as DictionaryFeature)?.KeyType;

    /// <summary>An integer.</summary>
    public static MLFeatureValue FromInt64(long value) => new(MLFeatureType.Int64, value);

    /// <summary>A number.</summary>
    public static MLFeatureValue FromDouble(double value) => new(MLFeatureType.Double, value);

    /// <summary>A text.</summary>
    public static MLFeatureValue FromString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new MLFeatureValue(MLFeatureType.String, value);
    }

    /// <summary>An array. It is aliased: no copy is made.</summary>
    public static MLFeatureValue FromMultiArray(MLMultiArray value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new MLFeatureValue(MLFeatureType.MultiArray, value);
    }

    /// <summary>An image. It is aliased: no copy is made.</summary>
    public static MLFeatureValue FromPixelBuffer(MLPixelBuffer value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new MLFeatureValue(MLFeatureType.Image, value);
    }

    /// <summary>Numbers by text. The dictionary is copied.</summary>
    public static MLFeatureValue FromDictionary(IReadOnlyDictionary<string, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new MLFeatureValue(MLFeatureType.Dictionary, DictionaryFeature.Of(value));
    }

    /// <summary>Numbers by integer. The dictionary is copied.</summary>
    public static MLFeatureValue FromDictionary(IReadOnlyDictionary<long, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new MLFeatureValue(MLFeatureType.Dictionary, DictionaryFeature.Of(value));
    }

    /// <summary>A sequence.</summary>
    public static MLFeatureValue FromSequence(MLSequence value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new MLFeatureValue(MLFeatureType.Sequence, value);
    }

    /// <summary>A missing value, for a feature that is optional.</summary>
    /// <param name="type">The kind of the feature.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is Invalid, State or none of the enumeration.</exception>
    public static MLFeatureValue Undefined(MLFeatureType type)
    {
        if (type is < MLFeatureType.Int64 or > MLFeatureType.Sequence)
            throw new ArgumentOutOfRangeException(
                nameof(type), $"An undefined value takes a kind from Int64 to Sequence; got {type}.");
        return new MLFeatureValue(type, null);
    }

    /// <summary>Same as <see cref="FromInt64"/>.</summary>
    public static implicit operator MLFeatureValue(long value) => FromInt64(value);

    /// <summary>Same as <see cref="FromDouble"/>.</summary>
    public static implicit operator MLFeatureValue(double value) => FromDouble(value);

    /// <summary>Same as <see cref="FromString"/>.</summary>
    public static implicit operator MLFeatureValue(string value) => FromString(value);

    /// <summary>Same as <see cref="FromMultiArray"/>.</summary>
    public static implicit operator MLFeatureValue(MLMultiArray value) => FromMultiArray(value);

    /// <summary>Same as <see cref="FromPixelBuffer"/>.</summary>
    public static implicit operator MLFeatureValue(MLPixelBuffer value) => FromPixelBuffer(value);

    /// <summary>Same as <see cref="FromSequence"/>.</summary>
    public static implicit operator MLFeatureValue(MLSequence value) => FromSequence(value);

    /// <summary>
    /// Whether kind and content are equal. Arrays compare element type, shape and elements (not strides), images size,
    /// format and pixels; NaN equals NaN. Undefined values of one kind are equal. Core ML's <c>isEqual(to:)</c>.
    /// </summary>
    public bool Equals(MLFeatureValue? other)
    {
        if (other is null || Type != other.Type || IsUndefined != other.IsUndefined)
            return false;
        return content switch
        {
            MLMultiArray array => array.HasSameContent(other.MultiArrayValue!),
            MLPixelBuffer image => image.HasSameContent(other.ImageBufferValue!),
            _ => Equals(content, other.content),
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MLFeatureValue);

    /// <inheritdoc/>
    public override int GetHashCode() => content switch
    {
        // Elements and pixels may change while the value is a key; their shape stays.
        MLMultiArray array => HashCode.Combine(Type, array.DataType, array.ArrayShape),
        MLPixelBuffer image => HashCode.Combine(Type, image.Width, image.Height, image.PixelFormat),
        _ => HashCode.Combine(Type, content),
    };

    /// <summary>What the value is, as messages name it: <c>Int64 3</c>, <c>MultiArray Float32 [3]</c>.</summary>
    public override string ToString() => content switch
    {
        null => $"undefined {Type}",
        string text when text.Length > 40 => $"String of {text.Length} characters",
        string text => $"String '{text}'",
        DictionaryFeature dictionary => $"Dictionary of {dictionary.Values.Count} {dictionary.KeyType} keys",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Type} {content}"),
    };
}
