using Attune.Format;
using Attune.Format.Validation;

namespace Attune;

/// <summary>
/// Checks models against the rules of the format, without making them ready to run. All findings are given, not the
/// first (of a file with more than a thousand, the first thousand). Safe to use from many threads.
/// </summary>
public static class MLModelValidator
{
    /// <summary>
    /// Checks a model: a <c>.mlmodel</c> file, or a <c>.mlpackage</c> or <c>.mlmodelc</c> directory.
    /// </summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="profile">Whose rules.</param>
    /// <returns>Every place where the model breaks a rule; it is refused if one of them is an error.</returns>
    /// <exception cref="FileNotFoundException">There is no file at <paramref name="path"/>.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no folder there, or none that could hold it.</exception>
    /// <exception cref="MLModelNotSupportedException">It is in a form that cannot be read.</exception>
    public static IReadOnlyList<MLFinding> Validate(
        string path, MLValidationProfile profile = MLValidationProfile.Default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Validate(() => ModelStore.Open(path).Document, profile);
    }

    /// <summary>Checks a model in a stream that holds a <c>.mlmodel</c> file, up to the stream's end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="profile">Whose rules.</param>
    /// <returns>Every place where the model breaks a rule; it is refused if one of them is an error.</returns>
    public static IReadOnlyList<MLFinding> Validate(
        Stream stream, MLValidationProfile profile = MLValidationProfile.Default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Validate(() => ModelDocument.Read(stream), profile);
    }

    /// <summary>Checks a model in memory that holds a <c>.mlmodel</c> file.</summary>
    /// <param name="specification">The file's bytes.</param>
    /// <param name="profile">Whose rules.</param>
    /// <returns>Every place where the model breaks a rule; it is refused if one of them is an error.</returns>
    public static IReadOnlyList<MLFinding> Validate(
        ReadOnlyMemory<byte> specification, MLValidationProfile profile = MLValidationProfile.Default) =>
        Validate(() => ModelDocument.Read(specification), profile);

    private static IReadOnlyList<MLFinding> Validate(Func<ModelDocument> read, MLValidationProfile profile)
    {
        if (!Enum.IsDefined(profile))
            throw new ArgumentOutOfRangeException(nameof(profile), profile, "A profile is Default or CoreML.");
        ModelDocument document;
        try
        {
            document = read();
        }
        catch (MLModelFormatException damage)
        {
            return [FileRules.Unreadable(damage)];
        }
        return ModelValidation.Check(document.Model, document, profile);
    }
}
