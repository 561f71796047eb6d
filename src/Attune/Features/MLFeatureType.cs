namespace Attune;

/// <summary>The kind of a feature value. The numbers are Core ML's.</summary>
public enum MLFeatureType
{
    /// <summary>No kind at all; no value has it.</summary>
    Invalid = 0,

    /// <summary>An integer of 64 bits.</summary>
    Int64 = 1,

    /// <summary>A number in double precision.</summary>
    Double = 2,

    /// <summary>A text.</summary>
    String = 3,

    /// <summary>An image: <see cref="MLPixelBuffer"/>.</summary>
    Image = 4,

    /// <summary>An array of numbers: <see cref="MLMultiArray"/>.</summary>
    MultiArray = 5,

    /// <summary>Numbers by text or by integer, such as the probabilities of a classifier's labels.</summary>
    Dictionary = 6,

    /// <summary>Texts or integers one after another: <see cref="MLSequence"/>.</summary>
    Sequence = 7,

    /// <summary>What a stateful model keeps between predictions. It is described, not given as a value.</summary>
    State = 8,
}
