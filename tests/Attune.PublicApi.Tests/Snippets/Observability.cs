using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Extensions.Logging;

#pragma warning disable CA1848, CA1873 // A forwarder of all events has no message of its own to make a delegate of.

namespace Attune.PublicApi.Tests.Snippets;

/// <summary>Pieces of the page on observing the library.</summary>
internal static class Observability
{
    public static ActivityListener Listen(List<string> lines)
    {
        #region listen-to-activities
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Attune",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => lines.Add(
                $"{activity.OperationName} {activity.GetTagItem("attune.model.name")} {activity.Status}"),
        };
        ActivitySource.AddActivityListener(listener);   // until it is disposed
        #endregion
        return listener;
    }
}

#region log
/// <summary>Writes what Attune tells to a program's log, while it is not disposed.</summary>
internal sealed class AttuneLog(ILogger logger) : EventListener
{
    protected override void OnEventSourceCreated(EventSource source)
    {
        if (source.Name == "Attune")
            EnableEvents(source, EventLevel.Informational);     // Verbose: each prediction too
    }

    protected override void OnEventWritten(EventWrittenEventArgs told)
    {
        if (told.EventSource.Name != "Attune")
            return;
        LogLevel level = told.Level switch
        {
            EventLevel.Error => LogLevel.Error,
            EventLevel.Warning => LogLevel.Warning,
            EventLevel.Informational => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        string sentence = string.Format(CultureInfo.InvariantCulture, told.Message!, [.. told.Payload!]);
        logger.Log(level, new EventId(told.EventId, told.EventName), "{Sentence}", sentence);
    }
}
#endregion
