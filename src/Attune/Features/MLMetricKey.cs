namespace Attune;

/// <summary>The key of a metric that an update reports. Core ML: <c>MLMetricKey</c>.</summary>
public sealed class MLMetricKey : MLKey
{
    private MLMetricKey(string name) : base(name, scope: "")
    {
    }

    /// <summary>The loss, a <see cref="double"/>: of a mini-batch or of an epoch.</summary>
    public static MLMetricKey LossValue { get; } = new("lossValue");

    /// <summary>The share of samples, 0 to 1, whose label was right before the step that they led to, a
    /// <see cref="double"/>: of a mini-batch or of an epoch. Only where the loss is a cross entropy. Beyond Core ML.
    /// </summary>
    public static MLMetricKey Accuracy { get; } = new("accuracy");

    /// <summary>The loss of the held-out samples at the end of an epoch, a <see cref="double"/>. Beyond Core ML.
    /// </summary>
    public static MLMetricKey HoldOutLossValue { get; } = new("holdOutLossValue");

    /// <summary>The share of held-out samples, 0 to 1, whose label is right at the end of an epoch, a
    /// <see cref="double"/>. Only where the loss is a cross entropy. Beyond Core ML.</summary>
    public static MLMetricKey HoldOutAccuracy { get; } = new("holdOutAccuracy");

    /// <summary>At completion, the number of the epoch whose numbers are the result, a <see cref="long"/>; -1 if they
    /// are those that the task began with. Only where samples are held out. Beyond Core ML.</summary>
    public static MLMetricKey ResultEpochIndex { get; } = new("resultEpochIndex");

    /// <summary>The number of the epoch, a <see cref="long"/> from 0.</summary>
    public static MLMetricKey EpochIndex { get; } = new("epochIndex");

    /// <summary>The number of the mini-batch in its epoch, a <see cref="long"/> from 0.</summary>
    public static MLMetricKey MiniBatchIndex { get; } = new("miniBatchIndex");
}
