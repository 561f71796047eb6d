using System.Diagnostics;

namespace Attune.Runtime;

/// <summary>The activities of the library, and how a failed one looks.</summary>
internal static class Tracing
{
    /// <summary>The name of the activity source, of the meter and of the event source.</summary>
    public const string Name = "Attune";

    public static readonly ActivitySource Source = new(Name);

    public static void Fail(this Activity activity, Exception error)
    {
        activity.SetStatus(ActivityStatusCode.Error, error.Message);
        activity.SetTag(Tags.ErrorType, error.GetType().FullName);
        activity.AddException(error);
    }
}
