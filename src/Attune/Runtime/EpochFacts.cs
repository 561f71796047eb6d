using System.Diagnostics;

namespace Attune.Runtime;

/// <summary>What observers learn of an epoch.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Loss">The mean loss of its samples.</param>
/// <param name="Accuracy">The share of right labels; null if there are no labels.</param>
/// <param name="HoldOutLoss">The mean loss of samples that are held out; null if none are.</param>
/// <param name="HoldOutAccuracy">The share of right labels among them; null if there are none.</param>
internal readonly record struct EpochFacts(
    long Index, double Loss, double? Accuracy, double? HoldOutLoss, double? HoldOutAccuracy)
{
    public ActivityTagsCollection Tags(double seconds)
    {
        var tags = new ActivityTagsCollection
        {
            [Runtime.Tags.EpochIndex] = Index,
            [Runtime.Tags.EpochDuration] = seconds,
            [Runtime.Tags.Loss] = Loss,
        };
        Add(Runtime.Tags.Accuracy, Accuracy);
        Add(Runtime.Tags.HoldOutLoss, HoldOutLoss);
        Add(Runtime.Tags.HoldOutAccuracy, HoldOutAccuracy);
        return tags;

        void Add(string name, double? value)
        {
            if (value is not null)
                tags[name] = value;
        }
    }
}
