namespace Attune;

/// <summary>Which networks an update accepts.</summary>
public enum MLUpdateProfile
{
    /// <summary>
    /// Any layer with weights may be trained, and any layer that has a gradient may lie between it and the loss. The
    /// default.
    /// </summary>
    Any = 0,

    /// <summary>
    /// What Core ML accepts and no more: convolution and inner product are trained; gradients pass through these,
    /// flatten, pooling, batchnorm, ReLU, sigmoid and tanh, and softmax stands directly before a cross entropy.
    /// </summary>
    CoreML = 1,
}
