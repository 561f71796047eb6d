namespace Attune;

/// <summary>The model is right, but this library cannot work with it. Carries all the reasons, not only the first.</summary>
public sealed class MLModelNotSupportedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is not supported and what to do instead.</param>
    /// <param name="reasons">Every reason; the message alone where there is just one.</param>
    public MLModelNotSupportedException(string message, IReadOnlyList<string>? reasons = null)
        : base(message) => Reasons = reasons ?? [message];

    /// <summary>Every reason, a sentence each.</summary>
    public IReadOnlyList<string> Reasons { get; }
}
