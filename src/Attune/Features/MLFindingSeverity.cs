namespace Attune;

/// <summary>How much a finding weighs.</summary>
public enum MLFindingSeverity
{
    /// <summary>The model is fit for use; something in it is not as the format wants it.</summary>
    Warning,

    /// <summary>The model is refused.</summary>
    Error,
}
