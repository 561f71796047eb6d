namespace Attune;

/// <summary>The key of a metric that an update reports. Core ML: <c>MLMetricKey</c>.</summary>
public sealed class MLMetricKey : MLKey
{
    private MLMetricKey(string name) : base(name, scope: "")
    {
    }

    /// <summary>The loss, a <see cref="double"/>: of a mini-batch or of an epoch.</summary>
    public static MLMetricKey LossValue { get; } = new("lossValue");

    /// <summary>The number of the epoch, a <see cref="long"/> from 0.</summary>
    public static MLMetricKey EpochIndex { get; } = new("epochIndex");

    /// <summary>The number of the mini-batch in its epoch, a <see cref="long"/> from 0.</summary>
    public static MLMetricKey MiniBatchIndex { get; } = new("miniBatchIndex");
}
