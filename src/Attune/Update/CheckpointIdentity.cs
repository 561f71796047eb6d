using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Attune.Graph;

namespace Attune.Update;

/// <summary>
/// A hash of everything that the steps of an update go by: the numbers of the network, how many samples, parameters and
/// options. The number of epochs is left out, so that an update may go on for longer.
/// </summary>
internal static class CheckpointIdentity
{
    public static byte[] Of(NetworkTraining training, int samples, int heldOut)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(FormattableString text) =>
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(text) + "\n"));

        foreach (Parameter parameter in training.Network.Network.Network.Parameters)
        {
            Add($"{parameter.Layer} {parameter.Role} {parameter.Shape} {training.Trainable.Contains(parameter)}");
            hash.AppendData(MemoryMarshal.AsBytes(training.Network.Parameters[parameter].Span));
        }
        foreach ((MLParameterKey key, object value) in training.Parameters.Values.OrderBy(
            pair => pair.Key.ToString(), StringComparer.Ordinal))
            if (key != MLParameterKey.Epochs)
                Add($"{key} {value}");
        MLUpdateOptions options = training.Options;
        Add($"{training.Definition} {samples} {heldOut} {options.ShuffleFirstEpoch} {options.TextbookAdam}");
        Add($"{options.HoldOutShare} {options.Patience} {options.RestoresBest} {options.KeepsOnlyBetter}");
        return hash.GetHashAndReset();
    }
}
