namespace Attune.Files;

/// <summary>The moments of a save between which a crash may come. Tests look at the disk at each.</summary>
internal enum SaveStep
{
    /// <summary>The new content is written and flushed; nothing refers to it yet.</summary>
    Written,

    /// <summary>The new content has replaced the old.</summary>
    Replaced,

    /// <summary>What is not needed any more is deleted.</summary>
    Cleaned,
}
