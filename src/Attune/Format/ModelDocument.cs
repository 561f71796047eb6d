using System.Runtime.InteropServices;
using Attune.Format.Specification;
using Google.Protobuf;

namespace Attune.Format;

/// <summary>
/// One model file: the parsed message without its weights, the weights beside it, and every byte of the original.
/// </summary>
/// <remarks>
/// The weights of every layer are cut out of <see cref="Model"/>; <c>WeightParams.Blob</c> says which they are (0:
/// none). Written untouched, a document has its original bytes; written with changed weights it is an equal message but
/// for those. Code that edits <see cref="Model"/> itself writes <see cref="Edited"/>. Safe to read from many threads.
/// </remarks>
internal sealed class ModelDocument
{
    private readonly ScannedDocument scanned;
    private readonly Dictionary<KNearestNeighborsClassifier, int> slots = new(ReferenceEqualityComparer.Instance);

    private ModelDocument(ScannedDocument scanned)
    {
        this.scanned = scanned;
        try
        {
            // A document without weights is its own skeleton.
            Model = Model.Parser.ParseFrom(scanned.Root.Parts.Count == 0 ? scanned.Literal.Span : Skeleton(scanned));
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new MLModelFormatException($"The model file cannot be read: {error.Message}", null, error);
        }
        foreach (Model owner in ModelFacts.NeighborModels(Model))
            slots.Add(owner.KNearestNeighborsClassifier, slots.Count + 1);
        // Of several types in one model the last counts; samples of another would be neither read nor known.
        if (slots.Count != scanned.SlotCount)
            throw new MLModelFormatException(
                $"The file holds {scanned.SlotCount} nearest-neighbours classifiers, of which {slots.Count} are models "
                + "or models of a pipeline. A model takes one type; repair the file.");
    }

    /// <summary>The parsed message, unknown fields included, weights cut out.</summary>
    public Model Model { get; }

    /// <summary>The weights; number n stands at n - 1.</summary>
    public IReadOnlyList<WeightBlob> Blobs => scanned.Blobs;

    /// <summary>Reads a model from where the stream stands to its end. The stream is left open.</summary>
    /// <exception cref="MLModelFormatException">
    /// The bytes are no model, damaged, or would take too much memory.
    /// </exception>
    public static ModelDocument Read(Stream stream) => new(DocumentScanner.Scan(stream));

    /// <inheritdoc cref="Read(Stream)"/>
    public static ModelDocument Read(ReadOnlyMemory<byte> bytes)
    {
        ArraySegment<byte> segment =
            MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array) ? array : bytes.ToArray();
        return Read(new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false));
    }

    /// <summary>A document of a message made in code, which holds its weights itself.</summary>
    public static ModelDocument Of(Model message) => Read(message.ToByteArray());

    /// <summary>Reads a skeleton that <see cref="WriteSkeleton"/> wrote.</summary>
    /// <param name="skeleton">The message, which names its weights by number.</param>
    /// <param name="blobs">The weights; number n stands at n - 1.</param>
    /// <exception cref="MLModelFormatException">As for any model, and if a number is none of the weights.</exception>
    public static ModelDocument ReadSkeleton(Stream skeleton, IReadOnlyList<WeightBlob> blobs) =>
        new(DocumentScanner.Scan(skeleton, blobs));

    /// <summary>
    /// This document with another message: <see cref="Model"/> or a clone of it, edited in code. Weights that the
    /// message names are this document's; those that it holds itself are new. Unknown fields stay.
    /// </summary>
    public ModelDocument Edited(Model message) => ReadSkeleton(new MemoryStream(message.ToByteArray()), Blobs);

    /// <summary>What values a part of <see cref="Model"/> has.</summary>
    public WeightData Weights(WeightParams weights)
    {
        WeightBlob blob = BlobOf(weights);
        int bits = (int)Math.Clamp(weights.Quantization?.NumberOfBits ?? 8, 1, 8);
        return new WeightData(blob.Kind, blob.Kind switch
        {
            WeightKind.Float32 => blob.Floats.Length,
            WeightKind.Float16 => blob.Bytes.Length / 2,
            WeightKind.Quantized => blob.Bytes.Length * 8L / bits,
            _ => blob.Bytes.Length,
        });
    }

    /// <summary>How many bytes of the file the values of a part of <see cref="Model"/> take.</summary>
    public long WeightBytes(WeightParams weights) => BlobOf(weights).ByteCount;

    /// <summary>Whether a part of <see cref="Model"/> has values in more than one encoding, of which it takes
    /// one.</summary>
    public static bool HasSeveralEncodings(WeightParams weights)
    {
        int encodings = weights.Blob != 0 ? 1 : 0;
        encodings += weights.FloatValue.Count > 0 ? 1 : 0;
        encodings += weights.Float16Value.Length > 0 ? 1 : 0;
        encodings += weights.RawValue.Length > 0 ? 1 : 0;
        encodings += weights.Int8RawValue.Length > 0 ? 1 : 0;
        return encodings > 1;
    }

    /// <summary>The values of a part of <see cref="Model"/> as floats; float32 values are not copied.</summary>
    /// <param name="weights">The part.</param>
    /// <param name="expectedCount">How many values it has to have.</param>
    /// <param name="where">
    /// Who takes them, at the start of a sentence: <c>Layer 'fc' (innerProduct), weights</c>.
    /// </param>
    /// <param name="channelSize">
    /// How many values behind each other are of one output channel, and then come those of the next; 0: all of a
    /// channel.
    /// </param>
    /// <exception cref="MLModelFormatException">
    /// Another number of values, values in two encodings, or a quantization that does not fit them.
    /// </exception>
    public ReadOnlyMemory<float> DecodeFloats(
        WeightParams weights, int expectedCount, string where, int channelSize = 0)
    {
        if (HasInlineValues(weights) && weights.Blob != 0)
            throw new MLModelFormatException(
                $"{where}: the file holds values in more than one encoding; a layer takes one of them.", where);
        return WeightDecoding.Floats(BlobOf(weights), weights.Quantization, expectedCount, where, channelSize);
    }

    /// <summary>The number by which a classifier of <see cref="Model"/> is replaced in
    /// <see cref="ModelChanges"/>.</summary>
    public int SlotOf(KNearestNeighborsClassifier classifier) => slots[classifier];

    /// <summary>Writes the model: byte for byte as it was, but for what is changed.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="changes">Weights are written as float32, whatever they were.</param>
    public void Write(Stream destination, ModelChanges? changes = null)
    {
        changes ??= ModelChanges.None;
        Check(changes);
        var writer = new DocumentWriter(scanned, changes, withWeights: true);
        if (writer.Measure() > int.MaxValue)
            throw new IOException(
                "A model file holds at most 2,147,483,647 bytes; this model is larger. Save it as .mlmodelc.");
        writer.Write(destination);
    }

    /// <summary>Writes the message alone; it names its weights by number.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="changes">Of weights that are changed, how they were quantized is left out.</param>
    public void WriteSkeleton(Stream destination, ModelChanges? changes = null)
    {
        changes ??= ModelChanges.None;
        Check(changes);
        new DocumentWriter(scanned, changes, withWeights: false).Write(destination);
    }

    /// <summary>The message with changed classifiers in their places; without any, <see cref="Model"/>
    /// itself.</summary>
    public Model ModelWith(ModelChanges changes)
    {
        if (changes.Classifiers.Count == 0)
            return Model;
        Model copy = Model.Clone();
        int slot = 0;
        foreach (Model owner in ModelFacts.NeighborModels(copy).ToArray())
            if (changes.Classifiers.TryGetValue(++slot, out KNearestNeighborsClassifier? classifier))
                owner.KNearestNeighborsClassifier = classifier;
        return copy;
    }

    /// <summary>The weights with changed ones in their places.</summary>
    public IReadOnlyList<WeightBlob> BlobsWith(ModelChanges changes)
    {
        Check(changes);
        WeightBlob[] all = [.. Blobs];
        foreach ((int blob, ReadOnlyMemory<float> values) in changes.Weights)
            all[blob - 1] = WeightBlob.Of(values);
        return all;
    }

    private static byte[] Skeleton(ScannedDocument scanned)
    {
        var writer = new DocumentWriter(scanned, ModelChanges.None, withWeights: false);
        byte[] bytes = new byte[writer.Measure()];
        writer.Write(new MemoryStream(bytes));
        return bytes;
    }

    private void Check(ModelChanges changes)
    {
        foreach (int blob in changes.Weights.Keys)
            if (blob < 1 || blob > Blobs.Count)
                throw new ArgumentException(
                    $"Weights have numbers from 1 to {Blobs.Count}; got {blob}.", nameof(changes));
        foreach (int slot in changes.Classifiers.Keys)
            if (slot < 1 || slot > slots.Count)
                throw new ArgumentException(
                    $"Classifiers have numbers from 1 to {slots.Count}; got {slot}.", nameof(changes));
    }

    private WeightBlob BlobOf(WeightParams weights)
    {
        if (weights.Blob != 0)
            return Blobs[checked((int)weights.Blob) - 1];
        return HasInlineValues(weights) ? Inline(weights) : WeightBlob.None;
    }

    // A message that code has made or edited holds its values itself until the document is made anew.
    private static WeightBlob Inline(WeightParams weights) => weights switch
    {
        { FloatValue.Count: > 0 } => WeightBlob.Of(weights.FloatValue.ToArray()),
        { Float16Value.Length: > 0 } => WeightBlob.Of(WeightKind.Float16, weights.Float16Value.Memory),
        { RawValue.Length: > 0 } => WeightBlob.Of(WeightKind.Quantized, weights.RawValue.Memory),
        _ => WeightBlob.Of(WeightKind.Int8, weights.Int8RawValue.Memory),
    };

    private static bool HasInlineValues(WeightParams weights) =>
        weights.FloatValue.Count > 0 || weights.Float16Value.Length > 0
        || weights.RawValue.Length > 0 || weights.Int8RawValue.Length > 0;
}
