namespace Attune.Cli;

/// <summary>The work cannot be done, and the message is the sentence that says why.</summary>
internal class ToolException(string message) : Exception(message);

/// <summary>The command was used in a way that it does not take, as the message says.</summary>
internal sealed class UsageException(string message) : ToolException(message);

/// <summary>Somebody stopped the work, and the message says what that leaves behind.</summary>
internal sealed class StoppedException(string message) : OperationCanceledException(message);
