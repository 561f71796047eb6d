namespace Attune.Authoring;

/// <summary>The order in which the elements of [C×H×W] are counted.</summary>
public enum ChannelOrder
{
    /// <summary>C, then H, then W: as they lie in memory.</summary>
    ChannelFirst = 0,

    /// <summary>H, then W, then C, as Keras and TensorFlow count.</summary>
    ChannelLast = 1,
}
