using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Attune.Graph;
using Attune.Lowering;

namespace Attune.Update;

/// <summary>
/// Everything that the steps of an update go by, as names and values: the numbers of the network, how many samples,
/// parameters, options and what the caller adds. The number of epochs is left out, so that an update may go on for
/// longer.
/// </summary>
internal static class CheckpointSettings
{
    // Enough that nobody meets two models of one hash, and few enough to be shown.
    private const int HashDigits = 16;

    /// <exception cref="ArgumentException">The caller adds a name that is here already.</exception>
    public static Dictionary<string, string> Of(NetworkTraining training, int samples, int heldOut)
    {
        (UpdateDefinition definition, MLUpdateOptions options) = (training.Definition, training.Options);
        var settings = new Dictionary<string, string>
        {
            ["model"] = HashOf(training.Network.Network.Network.Parameters, training.Network.Parameters),
            ["layers"] = string.Join(", ", training.Trainable.Select(part => part.Layer).Distinct().Order()),
            ["loss"] = Text($"{definition.Loss} of {definition.LossInput} and {definition.LossTarget}"),
            ["optimizer"] = Text($"{definition.Optimizer}"),
            ["samples"] = Text($"{samples}"),
            ["held-out samples"] = Text($"{heldOut}"),
            [nameof(options.HoldOutShare)] = Text($"{options.HoldOutShare}"),
            [nameof(options.Patience)] = options.Patience is { } patience ? Text($"{patience}") : "none",
            [nameof(options.RestoresBest)] = Text($"{options.RestoresBest}"),
            [nameof(options.KeepsOnlyBetter)] = Text($"{options.KeepsOnlyBetter}"),
            [nameof(options.ShuffleFirstEpoch)] = Text($"{options.ShuffleFirstEpoch}"),
            [nameof(options.TextbookAdam)] = Text($"{options.TextbookAdam}"),
        };
        foreach ((MLParameterKey key, object value) in training.Parameters.Values)
            if (key != MLParameterKey.Epochs)
                settings[key.ToString()] = Text($"{value}");
        foreach ((string name, string value) in options.Checkpoint!.Settings)
            if (!settings.TryAdd(name, value))
                throw new ArgumentException(
                    $"The settings of a checkpoint take names that the update itself has not; got '{name}'.");
        return settings;
    }

    private static string HashOf(IEnumerable<Parameter> parameters, ParameterSet<float> numbers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in parameters)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Text($"{parameter.Layer} {parameter.Role} {parameter.Shape}\n")));
            hash.AppendData(MemoryMarshal.AsBytes(numbers[parameter].Span));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashDigits];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
