namespace Attune.Format;

/// <summary>The values of a <c>WeightParams</c>: how they are held, and how many there are.</summary>
/// <param name="Kind">How they are held.</param>
/// <param name="Count">
/// The number of values. Of quantized values it is the most that the bytes can hold: the last byte may have room to
/// spare.
/// </param>
internal readonly record struct WeightData(WeightKind Kind, long Count);
