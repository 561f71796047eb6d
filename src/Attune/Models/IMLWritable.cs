namespace Attune;

/// <summary>A model that can be written. Core ML's <c>MLWritable</c>.</summary>
public interface IMLWritable
{
    /// <summary>
    /// Writes the model, atomically, in the form that the extension of <paramref name="path"/> names: <c>.mlmodel</c>
    /// and
    /// <c>.mlpackage</c> go back to Apple's tools, <c>.mlmodelc</c> is Attune's own form for fast loading.
    /// </summary>
    /// <param name="path">Where to; an existing model there is replaced once the new one is whole.</param>
    /// <exception cref="ArgumentException">The extension is none of the three.</exception>
    /// <exception cref="IOException">The place cannot be written; what was there is as it was.</exception>
    void Write(string path);
}
