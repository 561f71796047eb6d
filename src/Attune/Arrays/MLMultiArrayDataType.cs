namespace Attune;

/// <summary>
/// The type of the elements of an <see cref="MLMultiArray"/>. The numbers are those of Core ML's
/// <c>MLMultiArrayDataType</c> and of the model file.
/// </summary>
public enum MLMultiArrayDataType
{
    /// <summary>IEEE half precision, 16 bits: <see cref="System.Half"/>.</summary>
    Float16 = 65552,

    /// <summary>IEEE single precision, 32 bits: <see cref="float"/>.</summary>
    Float32 = 65568,

    /// <summary>Another name of <see cref="Float32"/>.</summary>
    Float = Float32,

    /// <summary>IEEE double precision, 64 bits: <see cref="double"/>.</summary>
    Double = 65600,

    /// <summary>Another name of <see cref="Double"/>.</summary>
    Float64 = Double,

    /// <summary>Signed integer of 8 bits: <see cref="sbyte"/>.</summary>
    Int8 = 131080,

    /// <summary>Signed integer of 32 bits: <see cref="int"/>.</summary>
    Int32 = 131104,
}
