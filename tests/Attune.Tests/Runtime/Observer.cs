using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;

namespace Attune.Tests.Runtime;

/// <summary>What the library tells of itself while this lives, in all three ways.</summary>
internal sealed class Observer : IDisposable
{
    private readonly ActivityListener activityListener;
    private readonly MeterListener meterListener = new();
    private readonly Listener eventListener = new();

    public Observer()
    {
        activityListener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Attune",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => Add(Activities, activity),
        };
        ActivitySource.AddActivityListener(activityListener);
        meterListener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Attune")
                listener.EnableMeasurementEvents(instrument);
        };
        meterListener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            Add(Measurements, new Measurement(instrument.Name, value, Text(tags))));
        meterListener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            Add(Measurements, new Measurement(instrument.Name, value, Text(tags))));
        meterListener.Start();
    }

    public List<Activity> Activities { get; } = [];

    public List<Measurement> Measurements { get; } = [];

    public IReadOnlyList<EventWrittenEventArgs> Events => eventListener.Events;

    public IEnumerable<Measurement> Of(string instrument) => Measurements.Where(one => one.Instrument == instrument);

    public void Dispose()
    {
        activityListener.Dispose();
        meterListener.Dispose();
        eventListener.Dispose();
    }

    /// <summary>name=value of each, in order of their names.</summary>
    public static string Text(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(
        ' ',
        tags.Where(tag => tag.Value is not null)
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => FormattableString.Invariant($"{tag.Key}={tag.Value}")));

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Text(tags.ToArray().AsEnumerable());

    private static void Add<T>(List<T> list, T one)
    {
        lock (list)
            list.Add(one);
    }

    internal sealed record Measurement(string Instrument, double Value, string Tags);

    private sealed class Listener : EventListener
    {
        public List<EventWrittenEventArgs> Events { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Attune")
                EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventSource.Name == "Attune")
                Add(Events, eventData);
        }
    }
}

/// <summary>Whoever listens hears the whole process: such tests run when no others do.</summary>
[CollectionDefinition(nameof(Observing), DisableParallelization = true)]
public sealed class Observing;
