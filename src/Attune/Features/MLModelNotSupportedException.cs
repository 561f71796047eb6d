namespace Attune;

/// <summary>The model is right, but it needs something that Attune cannot do. All reasons are given at once.</summary>
public sealed class MLModelNotSupportedException : Exception
{
    /// <summary>An exception with its message.</summary>
    /// <param name="message">Full sentences that name every reason and say what to do.</param>
    /// <param name="reasons">The reasons one by one; none given: the message is the one reason.</param>
    public MLModelNotSupportedException(string message, IEnumerable<string>? reasons = null) : base(message) =>
        Reasons = Array.AsReadOnly<string>(reasons is null ? [message] : [.. reasons]);

    /// <summary>Every reason, one sentence each.</summary>
    public IReadOnlyList<string> Reasons { get; }
}
